package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * Scope key: finds, among the events of one key, those that are concurrent with an arriving one, as {@link RunFinder} does among
 * all; and the siblings that are, though they are not held any more.
 */
final class KeyRunFinder {
    private final Window window;
    private final ProcessTable processes;
    private final FoundRuns found;

    KeyRunFinder(Window window, ProcessTable processes, FoundRuns found) {
        this.window = window;
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
    Contradiction find(KeyHistory history, int own, long counter, long[] clock, Traits traits) {
        Contradiction contradiction = null;
        for (KeyChain chain : history.chains()) {
            int k = chain.process();
            if (k != own) {
                int from = chain.firstAbove(clock[k]);
                int to = window.latest(k, own) < counter ? chain.end() : firstThatKnew(chain, own, counter);
                if (to < from && contradiction == null) {
                    contradiction = contradiction(k, chain.counter(to), own);
                } else if (from < to) {
                    add(chain, from, to, own, traits);
                }
            }
        }
        for (Sibling sibling : history.siblings()) {
            int k = sibling.process();
            if (k != own && clock[k] < sibling.counter() && !history.holds(k, sibling.counter())) {
                long entry = sibling.entry(own, processes);
                if (entry < counter && Traits.arePair(traits, sibling.traits())) {
                    add(sibling, entry);
                }
            }
        }
        return contradiction;
    }

    private int firstThatKnew(KeyChain chain, int own, long counter) {
        Chain events = window.chain(chain.process());
        int low = chain.start();
        int high = chain.end();
        while (low < high) {
            int middle = (low + high) >>> 1;
            events.locate(chain.counter(middle));
            if (events.entry(own) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Contradiction contradiction(int process, long counter, int own) {
        Chain chain = window.chain(process);
        chain.locate(counter);
        return new Contradiction(process, counter, chain.entry(own));
    }

    /** The events of the chain from one index to another; those alone that are a pair with the event. */
    private void add(KeyChain chain, int from, int to, int own, Traits traits) {
        if (traits == null) {
            add(chain.process(), own, chain.counter(from), chain.counter(to - 1), to - from, chain.listed(from, to));
            return;
        }
        Chain events = window.chain(chain.process());
        long[] counters = new long[to - from];
        int size = 0;
        for (int i = from; i < to; i++) {
            events.locate(chain.counter(i));
            if (Traits.arePair(traits, events.traits())) {
                counters[size++] = chain.counter(i);
            }
        }
        if (size > 0) {
            long first = counters[0];
            long last = counters[size - 1];
            boolean isConsecutive = last - first == size - 1;
            add(chain.process(), own, first, last, size, isConsecutive ? null : Arrays.copyOf(counters, size));
        }
    }

    private void add(int process, int own, long first, long last, int length, long[] listed) {
        Chain events = window.chain(process);
        events.locate(first);
        int firstPartition = events.partition();
        long firstOffset = events.offset();
        events.locate(last);
        found.add(
                processes.process(process),
                first,
                last,
                firstPartition,
                firstOffset,
                events.partition(),
                events.offset(),
                length,
                events.entry(own),
                listed);
    }

    private void add(Sibling sibling, long witness) {
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
