package io.antichain.analyzer.order;

/**
 * Scope all: finds, in the chain of each other process, the events that are concurrent with an arriving one. Those that it
 * knew are a prefix of the chain, those that knew it are a suffix; what lies between is split where counters are not
 * consecutive.
 *
 * <p>While no clock names the event yet, as in a log that arrives in causal order, every suffix is empty: then a run is known
 * from arrays alone, and no row of a chain is read but for its place.
 */
final class RunFinder {
    private final Window window;
    private final Rows rows;
    private final ProcessTable processes;
    private final FoundRuns found;

    RunFinder(Window window, ProcessTable processes, FoundRuns found) {
        this.window = window;
        this.rows = window.rows();
        this.processes = processes;
        this.found = found;
    }

    /**
     * Finds the runs of an event that no other process's clock claims yet.
     *
     * @param own the event's process
     * @param clock the event's, by process number
     * @param scan what a pass over it found
     * @param traits the event's, null if there are no conditions on pairs
     */
    void find(int own, long[] clock, ClockScan scan, Traits traits) {
        long[] last = window.last();
        long[] tail = window.tail();
        for (int i = 0; i < scan.unknownCount(); i++) {
            int k = scan.unknown(i);
            if (k == own) {
                continue;
            }
            if (clock[k] + 1 >= tail[k]) {
                add(k, own, clock[k] + 1, last[k], traits);
            } else {
                addSplit(k, own, clock[k], last[k], traits);
            }
        }
    }

    /**
     * Finds the runs of an event that came after its effects: some clocks claim it already.
     *
     * @param traits the event's, null if there are no conditions on pairs
     * @return a contradiction that came to light, else null
     */
    Contradiction findAmongEffects(int own, long counter, long[] clock, Traits traits) {
        Contradiction contradiction = null;
        long[] last = window.last();
        for (int k = 0; k < processes.size(); k++) {
            if (last[k] > 0 && k != own) {
                boolean knows = window.latest(k, own) >= counter;
                long knowing = knows ? window.chain(k).firstThatKnew(own, counter) : Long.MAX_VALUE;
                if (knowing <= clock[k]) {
                    contradiction = contradiction == null ? contradiction(k, knowing, own) : contradiction;
                } else {
                    addSplit(k, own, clock[k], knowing - 1, traits);
                }
            }
        }
        return contradiction;
    }

    private Contradiction contradiction(int process, long counter, int own) {
        Chain chain = window.chain(process);
        chain.locate(counter);
        return new Contradiction(process, counter, chain.entry(own));
    }

    /** The events with counters in (above, upTo]. */
    private void addSplit(int process, int own, long above, long upTo, Traits traits) {
        Chain chain = window.chain(process);
        Intervals counters = chain.counters();
        for (int i = counters.indexOf(above + 1); i < counters.end(); i++) {
            long first = Math.max(counters.first(i), above + 1);
            long last = Math.min(counters.last(i), upTo);
            if (first > last) {
                return;
            }
            add(process, own, first, last, traits);
        }
    }

    /** The events with counters in [first, last], all of which are there; those alone that are a pair with the event. */
    private void add(int process, int own, long first, long last, Traits traits) {
        if (traits == null) {
            add(process, own, first, last);
            return;
        }
        Chain chain = window.chain(process);
        long begin = first;
        for (long counter = first; counter <= last; counter++) {
            chain.locate(counter);
            if (!Traits.arePair(traits, chain.traits())) {
                if (begin < counter) {
                    add(process, own, begin, counter - 1);
                }
                begin = counter + 1;
            }
        }
        if (begin <= last) {
            add(process, own, begin, last);
        }
    }

    private void add(int process, int own, long first, long last) {
        Chain chain = window.chain(process);
        int lastRow = chain.row(last);
        int firstRow = first == last ? lastRow : chain.row(first);
        found.add(
                processes.process(process),
                first,
                last,
                rows.partition(firstRow),
                rows.offset(firstRow),
                rows.partition(lastRow),
                rows.offset(lastRow),
                last - first + 1,
                last == window.last()[process] ? window.latest(process, own) : rows.entry(lastRow, own),
                null);
    }
}
