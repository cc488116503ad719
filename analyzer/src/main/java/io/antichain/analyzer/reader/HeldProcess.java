package io.antichain.analyzer.reader;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;

/**
 * What is held of one process: a chain, sorted by counter, whatever the partitions and the order of arrival. Counters rise
 * along it and clocks never fall, so what a clock knows of it is a prefix, and what knows an event is a suffix.
 */
final class HeldProcess {
    private final ProcessId id;
    private final Sequence<HeldEvent> chain = new Sequence<>();
    private long droppedCounter;

    HeldProcess(ProcessId id) {
        this.id = id;
    }

    ProcessId id() {
        return id;
    }

    /** The events, sorted by counter. */
    Sequence<HeldEvent> chain() {
        return chain;
    }

    /** Takes an event into its place, unless its counter is held or its clock is not between those of its neighbours. */
    boolean add(HeldEvent event) {
        int at = upTo(event.dot().counter());
        HeldEvent before = at == 0 ? null : chain.get(at - 1);
        HeldEvent after = at == chain.size() ? null : chain.get(at);
        if (before != null && (before.dot().equals(event.dot()) || falls(before.clock(), event.clock()))) {
            return false;
        }
        if (after != null && falls(event.clock(), after.clock())) {
            return false;
        }
        chain.insert(at, event);
        return true;
    }

    /** Whether an entry falls from one clock to the next. Old entries are left out of stamps: a missing one did not fall. */
    private static boolean falls(VectorClock from, VectorClock to) {
        if (from.compare(to) == CausalOrder.BEFORE) {
            return false;
        }
        boolean[] falls = {false};
        from.forEach((process, counter) -> {
            long next = to.get(process);
            falls[0] |= next > 0 && next < counter;
        });
        return falls[0];
    }

    /** Takes an event out because it is old. */
    void drop(HeldEvent event) {
        remove(event);
        droppedCounter = Math.max(droppedCounter, event.dot().counter());
    }

    /** Takes an event out as if it had never come. */
    void remove(HeldEvent event) {
        chain.remove(upTo(event.dot().counter()) - 1);
    }

    /** How many events have at most this counter. */
    int upTo(long counter) {
        return chain.prefix(event -> event.dot().counter() <= counter);
    }

    /** The last event with at most this counter; null if there is none. */
    HeldEvent last(long counter) {
        int count = upTo(counter);
        return count == 0 ? null : chain.get(count - 1);
    }

    /** How many events do not know this one; of its own process, those up to it. */
    int ignorantOf(Dot dot) {
        return id.equals(dot.process())
                ? upTo(dot.counter())
                : chain.prefix(event -> !event.clock().includes(dot));
    }

    /** The events that stand so to {@code event}; null if there are none. */
    ProcessRun run(StampedEvent event, CausalRegion region) {
        boolean own = id.equals(event.dot().process());
        int known = own ? upTo(event.dot().counter() - 1) : upTo(event.clock().get(id));
        int ignorant = Math.max(known, ignorantOf(event.dot()));
        return switch (region) {
            case PAST -> run(0, known);
            case CONCURRENT -> own ? null : run(known, ignorant);
            case FUTURE -> run(ignorant, chain.size());
        };
    }

    private ProcessRun run(int from, int to) {
        return from == to
                ? null
                : new ProcessRun(
                        id,
                        chain.get(from).dot().counter(),
                        chain.get(to - 1).dot().counter(),
                        to - from);
    }

    /** Whether an event with this counter was held once, or stood before all that is held. */
    boolean isPast(long counter) {
        return counter <= droppedCounter || counter < chain.get(0).dot().counter();
    }

    /** How it stands, for people. */
    ProcessState state() {
        HeldEvent newest = chain.last();
        return new ProcessState(
                id,
                chain.size(),
                chain.get(0).dot().counter(),
                newest.dot().counter(),
                newest.clock(),
                newest.event().lamport(),
                newest.logTimeMs());
    }
}
