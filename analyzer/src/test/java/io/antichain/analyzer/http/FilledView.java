package io.antichain.analyzer.http;

import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.analyzer.GeneratedEvents;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.analyzer.reader.HeldDeadLetter.Letter;
import io.antichain.analyzer.reader.HeldEvent.Position;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A view that was told of nodes' events and of what an engine found in them. */
final class FilledView {
    static final String TOPIC = "antichain.events";
    static final long START_MS = 1_700_000_000_000L;

    private final View view;
    private final SharedView shared;
    private final OrderEngine engine = OrderEngine.overKeys(EngineLimits.DEFAULT, 0);
    private long offset;

    FilledView(int limit) {
        this.view = new View(new ViewLimits(limit), Scope.KEY, EngineLimits.DEFAULT, List.of(TOPIC));
        this.shared = new SharedView(view);
    }

    SharedView shared() {
        return shared;
    }

    /** A server that answers from it. */
    AnalyzerServer served(Standing standing) {
        return AnalyzerServer.start(
                AnalyzerSettings.defaults(new Topics(Topics.DEFAULT_PREFIX), Map.of(), Path.of("none"))
                        .withPort(0),
                standing,
                shared);
    }

    /** So many messages of four nodes, about three keys. */
    FilledView withMessages(int count, long seed) {
        new GeneratedEvents(new Random(seed), 4, 3).with(count).forEach(this::tell);
        return this;
    }

    FilledView withTrouble() {
        shared.tell(told -> {
            told.tell(
                    new Anomaly(Anomaly.Kind.GAP, Optional.empty(), "Something is missing.", Map.of("a", "b")),
                    START_MS);
            told.tell(new Letter("NOT_FRAMED", "No frame.", new Position(TOPIC, 0, 7), 12, START_MS));
        });
        return this;
    }

    /** An event, and the record that the engine makes of it. */
    void tell(Event event) {
        long at = offset++;
        Outcome outcome = engine.arrive(event, 0, at, START_MS + at);
        shared.tell(told -> {
            told.tell(event, new Position(TOPIC, 0, at), START_MS + at);
            if (outcome instanceof Outcome.Recorded recorded) {
                told.tell(recorded.conflict(), START_MS + at);
            }
            if (outcome instanceof Outcome.Refused refused) {
                told.tell(refused.anomaly(), START_MS + at);
            }
            told.settle();
        });
    }

    static Event message(String process, long counter, String clock, String key, String payload) {
        return new Event(
                ProcessId.of(process),
                counter,
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(counter),
                Optional.ofNullable(key),
                payload,
                START_MS,
                Event.Kind.MESSAGE);
    }
}
