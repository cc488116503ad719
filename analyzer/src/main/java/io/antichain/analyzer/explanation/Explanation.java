package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;

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

    /** The relation and its proof, for people. */
    public String sentence() {
        return switch (relation) {
            case EQUAL -> first + " is one event, not two.";
            case BEFORE -> first + " happened before " + second + ": " + ordered(first, second, secondKnew) + ".";
            case AFTER -> second + " happened before " + first + ": " + ordered(second, first, firstKnew) + ".";
            case CONCURRENT ->
                first + " and " + second + " are concurrent: " + unaware(first, firstKnew, second) + "; "
                        + unaware(second, secondKnew, first) + ".";
        };
    }

    /**
     * Why a whole run is concurrent with an event. The last of the run knew most, so its entry speaks for all of them.
     *
     * @param event the conflict's event, whose process the run's witness is about
     */
    public static String ofRun(EventRef event, Run run) {
        Dot dot = event.dot();
        long knew = event.clock().get(run.process());
        Dot last = new Dot(run.process(), run.lastCounter());
        if (run.length() == 1) {
            return unaware(dot, knew, last) + "; " + unaware(last, run.witness(), dot) + ".";
        }
        return dot + " knew " + events(knew, run.process()) + ", so none of these; " + last
                + ", which knew most of them," + " knew " + events(run.witness(), dot.process()) + ", so not " + dot
                + ".";
    }

    private static String ordered(Dot cause, Dot effect, long knew) {
        return cause.process().equals(effect.process())
                ? "both are events of " + cause.process() + ", in this order"
                : effect + " knew " + events(knew, cause.process()) + ", " + cause + " among them";
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
