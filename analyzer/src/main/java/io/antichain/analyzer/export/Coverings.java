package io.antichain.analyzer.export;

import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The edges of the Hasse diagram of a whole execution: b covers a iff a → b and nothing lies between. It is the smallest
 * relation whose transitive closure is →.
 *
 * <p>Of each process, only the last event that happened before b can be covered by it: all others happened before that
 * one. Of these candidates, those stay that no other candidate knew. What the event of b's own process just before it knew
 * needs no second look, so the cost of an event is its clock's width, and the square of what its process learned since.
 */
public final class Coverings {
    private final Map<ProcessId, NavigableMap<Long, LoggedEvent>> byProcess = new HashMap<>();

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
                    .put(event.dot().counter(), event);
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
            for (LoggedEvent lower : coverings.coveredBy(upper)) {
                edges.add(new Edge(lower.dot(), upper.dot()));
            }
        }
        return edges;
    }

    private List<LoggedEvent> coveredBy(LoggedEvent upper) {
        List<LoggedEvent> candidates = candidates(upper);
        List<LoggedEvent> covered = new ArrayList<>();
        for (LoggedEvent candidate : candidates) {
            Dot dot = candidate.dot();
            if (candidates.stream()
                    .noneMatch(other -> other != candidate && other.clock().includes(dot))) {
                covered.add(candidate);
            }
        }
        return covered;
    }

    private List<LoggedEvent> candidates(LoggedEvent upper) {
        LoggedEvent own = last(upper.process(), upper.dot().counter() - 1);
        List<LoggedEvent> candidates = new ArrayList<>();
        upper.clock().forEach((process, counter) -> {
            if (process.equals(upper.process())) {
                if (own != null) {
                    candidates.add(own);
                }
            } else if (own == null || own.clock().get(process) < counter) {
                LoggedEvent candidate = last(process, counter);
                if (candidate != null && (own == null || !own.clock().includes(candidate.dot()))) {
                    candidates.add(candidate);
                }
            }
        });
        return candidates;
    }

    /** The last event of the process up to a counter; null if there is none. */
    private LoggedEvent last(ProcessId process, long counter) {
        NavigableMap<Long, LoggedEvent> events = byProcess.get(process);
        Map.Entry<Long, LoggedEvent> found = events == null ? null : events.floorEntry(counter);
        return found == null ? null : found.getValue();
    }
}
