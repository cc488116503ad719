package io.antichain.analyzer.order;

import java.util.Arrays;
import java.util.List;

/**
 * Scope key: finds, among the events of one key, those that are concurrent with an arriving one, as {@link RunFinder} does among
 * all; and the siblings that are, though they are not held any more.
 */
final class KeyRunFinder {
    private final Window window;
    private final Rows rows;
    private final ProcessTable processes;
    private final FoundRuns found;

    KeyRunFinder(Window window, ProcessTable processes, FoundRuns found) {
        this.window = window;
        this.rows = window.rows();
        this.processes = processes;
        this.found = found;
    }

    /**
     * Finds the runs of events held that are concurrent with an arriving one, and the siblings that are, though they are not
     * held any more.
     *
     * @param traits the event's, null if there are no conditions on pairs
     * @return a contradiction that came to light, else null
     */
    Contradiction find(KeyEvents events, List<Sibling> siblings, int own, long counter, long[] clock, Traits traits) {
        Contradiction contradiction = null;
        for (int i = 0; i < events.size(); i++) {
            KeyChain chain = events.chain(i);
            int k = chain.process();
            if (k != own) {
                int from = chain.firstAbove(clock[k]);
                int to = window.latest(k, own) < counter ? chain.end() : firstThatKnew(chain, own, counter);
                if (to < from && contradiction == null) {
                    contradiction = new Contradiction(k, chain.counter(to), rows.entry(chain.row(to), own));
                } else if (from < to) {
                    add(chain, from, to, own, traits);
                }
            }
        }
        for (Sibling sibling : siblings) {
            if (sibling instanceof PackedSibling packed && packed.process() != own) {
                long entry = packed.entry(own, processes);
                if (clock[packed.process()] < packed.counter()
                        && entry < counter
                        && Traits.arePair(traits, packed.traits())) {
                    add(packed, entry);
                }
            }
        }
        return contradiction;
    }

    private int firstThatKnew(KeyChain chain, int own, long counter) {
        int low = chain.start();
        int high = chain.end();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.entry(chain.row(middle), own) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The events of the chain from one index to another; those alone that are a pair with the event. */
    private void add(KeyChain chain, int from, int to, int own, Traits traits) {
        if (traits == null) {
            add(chain, from, to - 1, own, to - from, chain.listed(from, to));
            return;
        }
        long[] counters = new long[to - from];
        int size = 0;
        int first = from;
        int last = from;
        for (int i = from; i < to; i++) {
            if (Traits.arePair(traits, rows.traits(chain.row(i)))) {
                first = size == 0 ? i : first;
                last = i;
                counters[size++] = chain.counter(i);
            }
        }
        if (size > 0) {
            boolean isConsecutive = counters[size - 1] - counters[0] == size - 1;
            add(chain, first, last, own, size, isConsecutive ? null : Arrays.copyOf(counters, size));
        }
    }

    private void add(KeyChain chain, int first, int last, int own, int length, long[] listed) {
        int firstRow = chain.row(first);
        int lastRow = chain.row(last);
        found.add(
                processes.process(chain.process()),
                chain.counter(first),
                chain.counter(last),
                rows.partition(firstRow),
                rows.offset(firstRow),
                rows.partition(lastRow),
                rows.offset(lastRow),
                length,
                rows.entry(lastRow, own),
                listed);
    }

    private void add(PackedSibling sibling, long witness) {
        found.add(
                processes.process(sibling.process()),
                sibling.counter(),
                sibling.counter(),
                sibling.partition(),
                sibling.offset(),
                sibling.partition(),
                sibling.offset(),
                1,
                witness,
                null);
    }
}
