package io.antichain.analyzer.logfile;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
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
 * @param anomalies what cannot be or is missing, by kind
 */
public record ExecutionAnalysis(
        LoggedExecution execution, List<Conflict> conflicts, Map<Anomaly.Kind, Integer> anomalies) {

    /** Feeds the execution to an engine: offsets are the positions in lane order. */
    public static ExecutionAnalysis of(LoggedExecution execution) {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.WHOLE_EXECUTION, 0);
        // All are known before anybody speaks, so that nothing is dropped which somebody has not seen.
        execution.events().forEach(logged -> engine.announce(logged.process()));
        List<Conflict> conflicts = new ArrayList<>();
        Map<Anomaly.Kind, Integer> anomalies = new EnumMap<>(Anomaly.Kind.class);
        long offset = 0;
        for (LoggedEvent logged : execution.eventsInLaneOrder()) {
            Outcome outcome = engine.arrive(asEvent(logged), 0, offset++, 0);
            if (outcome instanceof Outcome.Recorded recorded) {
                conflicts.add(recorded.conflict());
            } else if (outcome instanceof Outcome.Refused refused) {
                anomalies.merge(refused.anomaly().kind(), 1, Integer::sum);
            }
        }
        engine.reportMissing().forEach(missing -> anomalies.merge(missing.kind(), 1, Integer::sum));
        return new ExecutionAnalysis(execution, conflicts, anomalies);
    }

    /** How many unordered pairs of events are concurrent. */
    public long concurrentPairs() {
        return conflicts.stream().mapToLong(Conflict::pairs).sum();
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
