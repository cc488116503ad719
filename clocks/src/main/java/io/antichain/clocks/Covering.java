package io.antichain.clocks;

import java.util.ArrayList;
import java.util.List;

/**
 * The covering relation of happened-before: b covers a iff a → b and nothing lies between. Its edges are those of the Hasse
 * diagram, the smallest relation whose transitive closure is →.
 *
 * <p>Of each process, only the last event that happened before b can be covered by it: all others happened before that
 * one. Of these candidates, those stay that no other candidate knew. What the event of b's own process just before it knew
 * needs no second look, so the cost of an event is its clock's width, and the square of what its process learned since.
 *
 * <p>Sources: Davey and Priestley, "Introduction to Lattices and Order" (2002), section 1.14; that a process's last known
 * event stands for all before it: Mattern, "Virtual Time and Global States of Distributed Systems" (1988).
 *
 * <pre>{@code
 * StampedEvent a = StampedEvent.of("a:1", "{a=1}"), b = StampedEvent.of("b:1", "{a=1, b=1}");
 * assert Covering.coveredBy(b, (process, counter) -> process.equals(a.dot().process()) ? a : null).get(0) == a;
 * }</pre>
 */
public final class Covering {
    private Covering() {}

    /** The events of an execution, or those that are left of it. */
    @FunctionalInterface
    public interface Execution {
        /** The last event of {@code process} with a counter of at most {@code counter}; null if there is none. */
        StampedEvent last(ProcessId process, long counter);
    }

    /** The events that {@code upper} covers, by process. */
    public static List<StampedEvent> coveredBy(StampedEvent upper, Execution execution) {
        List<StampedEvent> candidates = candidates(upper, execution);
        List<StampedEvent> covered = new ArrayList<>(candidates.size());
        for (StampedEvent candidate : candidates) {
            if (candidates.stream().noneMatch(other -> isKnown(candidate, other))) {
                covered.add(candidate);
            }
        }
        return covered;
    }

    private static List<StampedEvent> candidates(StampedEvent upper, Execution execution) {
        ProcessId process = upper.dot().process();
        StampedEvent own = execution.last(process, upper.dot().counter() - 1);
        List<StampedEvent> candidates = new ArrayList<>();
        upper.clock().forEach((other, counter) -> {
            if (other.equals(process)) {
                if (own != null) {
                    candidates.add(own);
                }
            } else if (own == null || own.clock().get(other) < counter) {
                StampedEvent candidate = execution.last(other, counter);
                if (candidate != null && (own == null || !own.clock().includes(candidate.dot()))) {
                    candidates.add(candidate);
                }
            }
        });
        return candidates;
    }

    private static boolean isKnown(StampedEvent event, StampedEvent by) {
        return !by.dot().equals(event.dot()) && by.clock().includes(event.dot());
    }
}
