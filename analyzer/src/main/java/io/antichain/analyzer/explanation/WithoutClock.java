package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of two events of which at least one carries a Lamport timestamp alone. A timestamp is greater for every
 * event than for all that happened before it (Lamport 1978), so it excludes one order and proves none; equal ones exclude
 * both.
 *
 * @param first one event
 * @param firstTimestamp its timestamp
 * @param second the other
 * @param secondTimestamp its timestamp
 */
public record WithoutClock(Dot first, LamportTimestamp firstTimestamp, Dot second, LamportTimestamp secondTimestamp)
        implements Explanation {
    /** The relation of the first to the second, where it can be told. */
    public Optional<CausalOrder> order() {
        if (first.process().equals(second.process())) {
            int byCounter = Long.compare(first.counter(), second.counter());
            return Optional.of(
                    byCounter == 0 ? CausalOrder.EQUAL : byCounter < 0 ? CausalOrder.BEFORE : CausalOrder.AFTER);
        }
        return firstTimestamp.equals(secondTimestamp) ? Optional.of(CausalOrder.CONCURRENT) : Optional.empty();
    }

    @Override
    public List<ClockEntry> witness() {
        return List.of();
    }

    @Override
    public String sentence() {
        if (first.process().equals(second.process())) {
            return first.equals(second)
                    ? first + " is one event, not two."
                    : (first.counter() < second.counter()
                                    ? first + " happened before " + second
                                    : second + " happened before " + first)
                            + ": " + ClockEntry.sameProcess(first);
        }
        if (firstTimestamp.equals(secondTimestamp)) {
            return first + " and " + second + " are concurrent: both have the Lamport timestamp " + firstTimestamp
                    + ", and what happened before an event has a smaller one.";
        }
        boolean rising = firstTimestamp.value() < secondTimestamp.value();
        Dot lower = rising ? first : second;
        Dot higher = rising ? second : first;
        return higher + " did not happen before " + lower + ", for its Lamport timestamp is greater: "
                + (rising ? secondTimestamp : firstTimestamp) + " against "
                + (rising ? firstTimestamp : secondTimestamp) + ". Whether " + lower + " happened before " + higher
                + " or they are concurrent, no Lamport timestamp can tell, and a vector clock is missing.";
    }
}
