package io.antichain.analyzer.http;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** A view that was told of messages and of their conflicts, scope key, which are found by the definition. */
final class FilledView {
    static final String TOPIC = "antichain.events";
    static final long START_MS = 1_700_000_000_000L;

    private final View view;
    private final SharedView shared;
    private final List<EventRef> told = new ArrayList<>();
    private final List<Optional<String>> keys = new ArrayList<>();

    FilledView(int limit) {
        this.view = new View(new ViewLimits(limit));
        this.shared = new SharedView(view);
    }

    SharedView shared() {
        return shared;
    }

    /** A server that answers from it. */
    AnalyzerServer served(AnalyzerStatus status) {
        return AnalyzerServer.start(
                AnalyzerSettings.defaults(new Topics(Topics.DEFAULT_PREFIX), Map.of(), Path.of("none"))
                        .withPort(0),
                status,
                shared,
                NodeDriver.NONE);
    }

    /** So many messages of four nodes, about three keys. */
    FilledView withMessages(int count, long seed) {
        new GeneratedEvents(new Random(seed), 4, 3)
                .with(count).stream()
                        .filter(event -> event.kind() == Event.Kind.MESSAGE)
                        .forEach(this::tell);
        return this;
    }

    FilledView withTrouble() {
        shared.tell(told -> {
            told.tell(
                    new Anomaly(Anomaly.Kind.GAP, Optional.empty(), "Something is missing.", Map.of("a", "b")),
                    START_MS);
            told.tell(new DeadLetter("NOT_FRAMED", "No frame.", new Position(TOPIC, 0, 7)), 12, START_MS);
        });
        return this;
    }

    /** An event, and its conflict with earlier ones. */
    void tell(Event event) {
        long at = told.size();
        EventRef reference = new EventRef(
                event.dot(),
                new Position(TOPIC, 0, at),
                event.clock().orElseThrow(),
                event.lamport(),
                event.publishedAtMs());
        Optional<Conflict> conflict = conflict(reference, event.key());
        told.add(reference);
        keys.add(event.key());
        shared.tell(view -> {
            view.tell(event, new Position(TOPIC, 0, at), START_MS + at);
            conflict.ifPresent(found -> view.tell(found, START_MS + at));
            view.settle();
        });
    }

    private Optional<Conflict> conflict(EventRef event, Optional<String> key) {
        Map<ProcessId, List<EventRef>> concurrent = new TreeMap<>();
        List<EventRef> siblings = new ArrayList<>(List.of(event));
        for (EventRef other : told) {
            if (key.isPresent()
                    && key.equals(keys.get((int) other.at().offset()))
                    && !event.clock().includes(other.dot())) {
                concurrent
                        .computeIfAbsent(other.dot().process(), first -> new ArrayList<>())
                        .add(other);
                siblings.removeIf(sibling -> other.clock().includes(sibling.dot()));
                siblings.add(other);
            }
        }
        List<Run> runs = concurrent.values().stream().map(FilledView::run).toList();
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Conflict(
                        Scope.KEY,
                        key,
                        Conflict.Status.CONCURRENT,
                        event,
                        runs,
                        List.of(),
                        siblings,
                        false,
                        OptionalLong.of(START_MS)));
    }

    private static Run run(List<EventRef> events) {
        EventRef first = events.get(0);
        EventRef last = events.get(events.size() - 1);
        List<Long> counters =
                events.stream().map(event -> event.dot().counter()).toList();
        return new Run(
                first.dot().process(),
                counters.get(0),
                last.dot().counter(),
                first.at(),
                last.at(),
                events.size(),
                0,
                counters);
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
