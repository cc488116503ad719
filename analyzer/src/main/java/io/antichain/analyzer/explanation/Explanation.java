package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;

/**
 * The relation of two events, with the two clock entries that prove it.
 *
 * @param first one event
 * @param second the other
 * @param relation of the first to the second
 * @param firstKnew how many events of the second's process the first knew
 * @param secondKnew how many events of the first's process the second knew
 */
public record Explanation(Dot first, Dot second, CausalOrder relation, long firstKnew, long secondKnew) {
    /** Explains two events by their clocks; each clock's own entry must be its event's counter. */
    public static Explanation of(Dot first, VectorClock clockOfFirst, Dot second, VectorClock clockOfSecond) {
        return new Explanation(
                first,
                second,
                CausalOrder.between(first, clockOfFirst, second, clockOfSecond),
                clockOfFirst.get(second.process()),
                clockOfSecond.get(first.process()));
    }

    /** The proof for people. */
    public String sentence() {
        return switch (relation) {
            case EQUAL -> first + " is one event, not two.";
            case BEFORE -> ordered(first, second, secondKnew);
            case AFTER -> ordered(second, first, firstKnew);
            case CONCURRENT ->
                first + " and " + second + " are concurrent: " + unaware(first, firstKnew, second) + "; "
                        + unaware(second, secondKnew, first) + ".";
        };
    }

    private static String ordered(Dot cause, Dot effect, long knew) {
        return cause.process().equals(effect.process())
                ? cause + " happened before " + effect + ": both are events of " + cause.process() + ", in this order."
                : cause + " happened before " + effect + ": " + effect + " knew " + events(knew, cause.process()) + ", "
                        + cause + " among them.";
    }

    private static String unaware(Dot event, long knew, Dot other) {
        return event + " knew " + events(knew, other.process()) + ", so not " + other;
    }

    private static String events(long count, ProcessId process) {
        return switch ((int) Math.min(count, 2)) {
            case 0 -> "no event of " + process;
            case 1 -> "1 event of " + process;
            default -> count + " events of " + process;
        };
    }
}
