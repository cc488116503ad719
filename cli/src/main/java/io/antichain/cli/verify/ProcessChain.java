package io.antichain.cli.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of one process that count, in strands: along each, arrival, counters and clock entries rise. One strand, unless
 * records overtook each other; as few as the longest stretch of counters that came in falling order.
 */
final class ProcessChain {
    static final int NONE = -1;

    private final VerifiedLog log;
    private final List<IntList> strands = new ArrayList<>();

    ProcessChain(VerifiedLog log) {
        this.log = log;
    }

    /** The row of the event with the greatest counter up to {@code counter}, or {@link #NONE}. */
    int upTo(long counter) {
        int found = NONE;
        for (IntList strand : strands) {
            int index = firstAbove(strand, counter) - 1;
            if (index >= 0 && (found == NONE || log.counter[strand.get(index)] > log.counter[found])) {
                found = strand.get(index);
            }
        }
        return found;
    }

    /** The row of the event with the smallest counter above {@code counter}, or {@link #NONE}. */
    int above(long counter) {
        int found = NONE;
        for (IntList strand : strands) {
            int index = firstAbove(strand, counter);
            if (index < strand.size() && (found == NONE || log.counter[strand.get(index)] < log.counter[found])) {
                found = strand.get(index);
            }
        }
        return found;
    }

    private int firstAbove(IntList strand, long counter) {
        int low = 0;
        int high = strand.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (log.counter[strand.get(middle)] > counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Adds the event that arrives next to the strand that it fits best, and returns the strand's number. */
    int add(int row) {
        int best = NONE;
        for (int candidate = 0; candidate < strands.size(); candidate++) {
            int last = strands.get(candidate).last();
            // Clocks that rise have counters that rise: a counter is an entry of its clock.
            if ((best == NONE
                            || log.counter[last] > log.counter[strands.get(best).last()])
                    && !falls(log.clocks.row(last), log.clocks.row(row))) {
                best = candidate;
            }
        }
        if (best == NONE) {
            best = strands.size();
            strands.add(new IntList());
        }
        strands.get(best).add(row);
        return best;
    }

    /** Whether an entry is lower in the later clock. One that is missing there is as it was. */
    static boolean falls(long[] earlier, long[] later) {
        for (int k = 0; k < Math.min(earlier.length, later.length); k++) {
            if (later[k] != 0 && later[k] < earlier[k]) {
                return true;
            }
        }
        return false;
    }
}
