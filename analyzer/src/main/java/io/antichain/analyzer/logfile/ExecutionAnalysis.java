package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.antichain.analyzer.decode.PairConditions;
import io.antichain.analyzer.order.ContentHash;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.analyzer.order.Traits;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the order engine finds in one execution from log files.
 *
 * @param execution what was analysed
 * @param conflicts the events that are concurrent with earlier-arrived ones, with these, in the order of arrival
 * @param anomalies what cannot be or is missing, in the order in which it was found
 * @param leftOut those of them for which an event was left out: what is said of it proves nothing
 */
public record ExecutionAnalysis(
        LoggedExecution execution, List<Conflict> conflicts, List<Anomaly> anomalies, List<Anomaly> leftOut) {
    public ExecutionAnalysis {
        conflicts = List.copyOf(conflicts);
        anomalies = List.copyOf(anomalies);
        leftOut = List.copyOf(leftOut);
    }

    /** Any two events of the execution can conflict. */
    public static ExecutionAnalysis of(LoggedExecution execution) {
        return of(execution, Scope.ALL, event -> Optional.empty(), PairConditions.NONE);
    }

    /**
     * Feeds the execution to an engine, causes before effects, as exports write it: so both have the same
     * records. Offsets are the positions in that order. In scope key, what is missing or cannot be
     * is that of the whole execution.
     *
     * @param keys scope key: the key of each event; one without is in no conflict
     * @param where which pairs count; an event's topic is its field {@code topic}, a header one of its field
     *     {@code headers}, and its key, where {@code keys} gives none, its field {@code key}
     */
    public static ExecutionAnalysis of(
            LoggedExecution execution,
            Scope scope,
            Function<LoggedEvent, Optional<String>> keys,
            PairConditions where) {
        OrderEngine engine =
                OrderEngine.over(scope, EngineLimits.WHOLE_EXECUTION, new SourcePartition(execution.name(), 0));
        List<Conflict> conflicts = new ArrayList<>();
        List<Anomaly> anomalies = new ArrayList<>();
        List<Anomaly> leftOut = new ArrayList<>();
        RepeatedDots repeated = new RepeatedDots();
        execution.eventsInLaneOrder().forEach(logged -> repeated.take(logged).ifPresent(anomalies::add));
        CausalSequence sequence = CausalSequence.of(execution.distinctEvents());
        long offset = 0;
        for (LoggedEvent logged : sequence.events()) {
            Event event = asEvent(logged, keys.apply(logged));
            Message message = new Message(event, ContentHash.of(event.payload()), execution.mayLeaveNumbersOut());
            message = where.isEmpty() ? message : message.with(traits(where, event.key(), logged));
            Outcome outcome = engine.arrive(message, offset++, 0);
            if (outcome instanceof Outcome.Recorded recorded
                    && recorded.conflict().pairs() > 0) {
                conflicts.add(recorded.conflict());
            } else if (outcome instanceof Outcome.Refused refused) {
                anomalies.add(placed(refused.anomaly(), logged));
                leftOut.add(anomalies.get(anomalies.size() - 1));
            }
            anomalies.addAll(outcome.notices());
        }
        anomalies.addAll(engine.reportMissing());
        // The engine compares pairs, and only those in scope: the clocks as a whole tell of circles of any length.
        anomalies.removeIf(anomaly -> anomaly.kind() == Anomaly.Kind.CONTRADICTION);
        anomalies.addAll(sequence.contradictions());
        return new ExecutionAnalysis(
                execution,
                conflicts,
                scope == Scope.ALL ? anomalies : of(execution).anomalies(),
                leftOut);
    }

    private static Traits traits(PairConditions where, Optional<String> key, LoggedEvent logged) {
        Event event = asEvent(logged, key.or(() -> logged.field("key")));
        JsonNode headers = logged.fields().getOrDefault("headers", MissingNode.getInstance());
        return where.of(event, logged.field("topic"), name -> Optional.ofNullable(
                        headers.path(name).textValue())
                .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Anomaly placed(Anomaly anomaly, LoggedEvent logged) {
        return new Anomaly(
                anomaly.kind(), anomaly.event(), anomaly.sentence() + " (" + logged.place() + ")", anomaly.evidence());
    }

    /** How many unordered pairs of events are concurrent. */
    public long concurrentPairs() {
        return conflicts.stream().mapToLong(Conflict::pairs).sum();
    }

    /** How many events there are; what stands in the files twice is counted once. */
    public int events() {
        return execution.distinctEvents().size();
    }

    /** How many records say of themselves that something was gone. */
    public long incomplete() {
        return conflicts.stream().filter(conflict -> !conflict.complete()).count();
    }

    /** How many anomalies there are of each kind, those that there are. */
    public Map<Anomaly.Kind, Integer> anomalyCounts() {
        Map<Anomaly.Kind, Integer> counts = new EnumMap<>(Anomaly.Kind.class);
        anomalies.forEach(anomaly -> counts.merge(anomaly.kind(), 1, Integer::sum));
        return counts;
    }

    /** Whether lines were skipped or events are missing: then the parser expression may not fit the file. */
    public boolean doubtful() {
        return execution.skipped().count() > 0 || !anomalies.isEmpty();
    }

    /** The logged event as a message. Logs with vector clocks alone have no Lamport timestamp: it is the history's size. */
    public static Event asEvent(LoggedEvent logged, Optional<String> key) {
        long[] history = {0};
        logged.clock()
                .forEach((process, counter) -> history[0] = Math.min(history[0] + counter, LamportTimestamp.MAX_VALUE));
        return new Event(
                logged.process(),
                logged.dot().counter(),
                Optional.of(logged.clock()),
                new LamportTimestamp(history[0]),
                key,
                logged.text(),
                0,
                Event.Kind.MESSAGE);
    }
}
