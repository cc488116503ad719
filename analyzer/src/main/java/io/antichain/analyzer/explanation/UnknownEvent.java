package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.StampedEvent;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of an event that the log does not hold, next to one that it holds. The clock of the latter may prove that
 * the former happened before it; all else only the missing clock could tell.
 *
 * @param unknown the event that is not in the log
 * @param known the event that is
 * @param knew the latter's entry for the former's process
 */
public record UnknownEvent(Dot unknown, Dot known, ClockEntry knew) implements Explanation {
    public static UnknownEvent of(Dot unknown, StampedEvent known) {
        return new UnknownEvent(unknown, known.dot(), ClockEntry.of(known.dot(), known.clock(), unknown.process()));
    }

    /** The relation of the unknown event to the known one, where one clock suffices. */
    public Optional<CausalOrder> order() {
        if (knew.includes(unknown)) {
            return Optional.of(CausalOrder.BEFORE);
        }
        return sameProcess() ? Optional.of(CausalOrder.AFTER) : Optional.empty();
    }

    @Override
    public List<ClockEntry> witness() {
        return List.of(knew);
    }

    @Override
    public String sentence() {
        if (sameProcess()) {
            return unknown + " is not in the log; if there was such an event, it happened "
                    + (knew.includes(unknown) ? "before " : "after ") + known + ": " + ClockEntry.sameProcess(known);
        }
        return unknown + " is not in the log; "
                + (knew.includes(unknown)
                        ? "yet it happened before " + known + ": " + knew.with(unknown) + "."
                        : knew.without(unknown) + "; whether " + unknown + " knew " + known
                                + ", only its own clock could tell.");
    }

    private boolean sameProcess() {
        return unknown.process().equals(known.process());
    }
}
