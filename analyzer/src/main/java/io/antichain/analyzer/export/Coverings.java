package io.antichain.analyzer.export;

import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.clocks.Covering;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The edges of the Hasse diagram of a whole execution; {@link Covering} has the rule. */
public final class Coverings {
    private final Map<ProcessId, NavigableMap<Long, StampedEvent>> byProcess = new HashMap<>();

    /**
     * One edge.
     *
     * @param lower happened before {@code upper}, with nothing between
     * @param upper covers {@code lower}
     */
    public record Edge(Dot lower, Dot upper) {}

    private Coverings(List<LoggedEvent> events) {
        for (LoggedEvent event : events) {
            byProcess
                    .computeIfAbsent(event.process(), process -> new TreeMap<>())
                    .put(event.dot().counter(), event.stamped());
        }
    }

    /**
     * The edges, by upper event in the order given, then by process of the lower.
     *
     * @param events with different dots; some counters may be missing
     */
    public static List<Edge> of(List<LoggedEvent> events) {
        Coverings coverings = new Coverings(events);
        List<Edge> edges = new ArrayList<>();
        for (LoggedEvent upper : events) {
            for (StampedEvent lower : Covering.coveredBy(upper.stamped(), coverings::last)) {
                edges.add(new Edge(lower.dot(), upper.dot()));
            }
        }
        return edges;
    }

    /** The last event of the process up to a counter; null if there is none. */
    private StampedEvent last(ProcessId process, long counter) {
        NavigableMap<Long, StampedEvent> events = byProcess.get(process);
        Map.Entry<Long, StampedEvent> found = events == null ? null : events.floorEntry(counter);
        return found == null ? null : found.getValue();
    }
}
