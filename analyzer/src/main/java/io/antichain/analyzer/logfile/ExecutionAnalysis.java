package io.antichain.analyzer.logfile;

import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the order engine finds in one execution from a log file.
 *
 * @param execution what was analysed
 * @param conflicts the events that are concurrent with earlier-arrived ones, with these, in the order of arrival
 * @param anomalies the records that the engine refused, by kind
 */
public record ExecutionAnalysis(
        LoggedExecution execution, List<Outcome.Placed> conflicts, Map<Anomaly.Kind, Integer> anomalies) {

    /** Feeds the execution to an engine: offsets are the positions in lane order. */
    public static ExecutionAnalysis of(LoggedExecution execution) {
        OrderEngine engine = new OrderEngine(0);
        List<Outcome.Placed> conflicts = new ArrayList<>();
        Map<Anomaly.Kind, Integer> anomalies = new EnumMap<>(Anomaly.Kind.class);
        long offset = 0;
        for (LoggedEvent logged : execution.eventsInLaneOrder()) {
            Outcome outcome = engine.arrive(asEvent(logged), 0, offset++);
            if (outcome instanceof Outcome.Placed placed && !placed.runs().isEmpty()) {
                conflicts.add(placed);
            } else if (outcome instanceof Outcome.Refused refused) {
                anomalies.merge(refused.anomaly().kind(), 1, Integer::sum);
            }
        }
        return new ExecutionAnalysis(execution, conflicts, anomalies);
    }

    /** How many unordered pairs of events are concurrent. */
    public long concurrentPairs() {
        return conflicts.stream()
                .flatMap(placed -> placed.runs().stream())
                .mapToLong(Run::length)
                .sum();
    }

    /** The logged event as a message. Logs with vector clocks alone have no Lamport timestamp: it is the history's size. */
    public static Event asEvent(LoggedEvent logged) {
        long[] history = {0};
        logged.clock().forEach((process, counter) -> history[0] += counter);
        return new Event(
                logged.process(),
                logged.dot().counter(),
                Optional.of(logged.clock()),
                new LamportTimestamp(history[0]),
                Optional.empty(),
                logged.text(),
                0,
                Event.Kind.MESSAGE);
    }
}
