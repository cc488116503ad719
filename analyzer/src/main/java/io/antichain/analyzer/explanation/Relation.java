package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.StampedEvent;
import java.util.List;

/**
 * How two events of a log relate. Two look-ups decide it, whatever the clocks' width.
 *
 * @param first one event
 * @param second the other
 * @param order of the first to the second
 * @param firstKnew the first's entry for the second's process
 * @param secondKnew the second's entry for the first's process
 */
public record Relation(Dot first, Dot second, CausalOrder order, ClockEntry firstKnew, ClockEntry secondKnew)
        implements Explanation {
    /** Explains two events by their clocks. */
    public static Relation of(StampedEvent first, StampedEvent second) {
        return new Relation(
                first.dot(),
                second.dot(),
                first.order(second),
                ClockEntry.of(first.dot(), first.clock(), second.dot().process()),
                ClockEntry.of(second.dot(), second.clock(), first.dot().process()));
    }

    @Override
    public List<ClockEntry> witness() {
        return switch (order) {
            case EQUAL -> first.equals(second) ? List.of() : List.of(firstKnew, secondKnew);
            case BEFORE -> List.of(secondKnew);
            case AFTER -> List.of(firstKnew);
            case CONCURRENT -> List.of(firstKnew, secondKnew);
        };
    }

    @Override
    public String sentence() {
        return switch (order) {
            case EQUAL ->
                first.equals(second)
                        ? first + " is one event, not two."
                        : first + " and " + second + " cannot be compared: each clock says that it knew the other ("
                                + firstKnew.sentence() + ", " + secondKnew.sentence() + "), so one of them is wrong.";
            case BEFORE -> ordered(first, second, secondKnew);
            case AFTER -> ordered(second, first, firstKnew);
            case CONCURRENT ->
                first + " and " + second + " are concurrent: " + firstKnew.without(second) + "; "
                        + secondKnew.without(first) + ".";
        };
    }

    private static String ordered(Dot cause, Dot effect, ClockEntry knew) {
        return cause + " happened before " + effect + ": "
                + (cause.process().equals(effect.process()) ? ClockEntry.sameProcess(cause) : knew.with(cause) + ".");
    }
}
