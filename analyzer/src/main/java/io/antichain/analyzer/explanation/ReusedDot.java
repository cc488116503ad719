package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.List;

/**
 * One dot with two clocks: a process used a counter twice, so the dot names no single event.
 *
 * @param dot the dot
 * @param once the first process, by its name, for which the two clocks differ, as the one has it
 * @param again the same process's entry, as the other has it
 */
public record ReusedDot(Dot dot, ClockEntry once, ClockEntry again) implements Explanation {
    /**
     * @throws IllegalArgumentException if the clocks are equal: then the dot stands in the log twice, and is one event
     */
    public static ReusedDot of(Dot dot, VectorClock once, VectorClock again) {
        if (once.compare(again) == CausalOrder.EQUAL) {
            throw new IllegalArgumentException("A reused dot has two clocks: dot=" + dot + "; these are equal");
        }
        for (ProcessId process : once.merge(again).entries().keySet()) {
            if (once.get(process) != again.get(process)) {
                return new ReusedDot(dot, ClockEntry.of(dot, once, process), ClockEntry.of(dot, again, process));
            }
        }
        throw new IllegalStateException("Clocks that are not equal differ in an entry: dot=" + dot);
    }

    @Override
    public List<ClockEntry> witness() {
        return List.of(once, again);
    }

    @Override
    public String sentence() {
        return dot + " names two events, one that knew " + once.events() + " and one that knew " + again.events() + ": "
                + dot.process() + " used a counter twice, so what relates to which of them cannot be told.";
    }
}
