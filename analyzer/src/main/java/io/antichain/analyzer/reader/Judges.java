package io.antichain.analyzer.reader;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.LaneFigures;
import io.antichain.analyzer.order.LaneFigures.Presence;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tells which records are events and which are refused (repeated, regressed, too far), as the analyzer's tasks do: with an
 * engine of the same kind for each partition, which is told the same.
 */
final class Judges {
    private final Scope scope;
    private final EngineLimits limits;
    private final List<String> topics;
    private final Map<Integer, OrderEngine> engines = new HashMap<>();

    Judges(Scope scope, EngineLimits limits, List<String> topics) {
        this.scope = scope;
        this.limits = limits;
        this.topics = List.copyOf(topics);
    }

    /** What the analyzer makes of the record. */
    Outcome judge(Event event, HeldEvent.Position at, long logTimeMs) {
        return engines.computeIfAbsent(at.partition(), this::engine)
                .arrive(event, topics.indexOf(at.topic()), at.offset(), logTimeMs);
    }

    private OrderEngine engine(int partition) {
        return OrderEngine.ofTask(
                scope, limits, IntStream.range(0, topics.size()).toArray());
    }

    /** Live in any partition, or else silent in any, or else gone. */
    Map<ProcessId, Presence> presences() {
        Map<ProcessId, Presence> presences = new HashMap<>();
        for (OrderEngine engine : engines.values()) {
            for (LaneFigures lane : engine.lanes()) {
                presences.merge(lane.process(), lane.presence(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
        return presences;
    }
}
