package io.antichain.analyzer.order;

import java.util.Arrays;

/** The held events of one key and one process: their counters, rising. */
final class KeyChain {
    private final int process;
    private long[] counters = new long[1];
    private int start;
    private int end;

    KeyChain(int process) {
        this.process = process;
    }

    int process() {
        return process;
    }

    boolean isEmpty() {
        return start == end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    long counter(int index) {
        return counters[index];
    }

    /** The index of the first counter above {@code counter}; {@link #end} if there is none. */
    int firstAbove(long counter) {
        if (start == end || counters[end - 1] <= counter) {
            return end;
        }
        int found = Arrays.binarySearch(counters, start, end, counter);
        return found < 0 ? -1 - found : found + 1;
    }

    /** Adds a counter that is not there. */
    void add(long counter) {
        int at = firstAbove(counter);
        if (end == counters.length) {
            int size = end - start;
            long[] moved = size > end / 2 ? new long[2 * end] : counters;
            System.arraycopy(counters, start, moved, 0, size);
            counters = moved;
            at -= start;
            start = 0;
            end = size;
        }
        System.arraycopy(counters, at, counters, at + 1, end - at);
        counters[at] = counter;
        end++;
    }

    /** Takes out a counter that is there. */
    void remove(long counter) {
        if (counters[start] == counter) {
            start++;
        } else {
            int at = Arrays.binarySearch(counters, start, end, counter);
            System.arraycopy(counters, at + 1, counters, at, end - at - 1);
            end--;
        }
    }

    /** The counters from one index to another, null if they are consecutive. */
    long[] listed(int from, int to) {
        return counters[to - 1] - counters[from] == to - 1 - from ? null : Arrays.copyOfRange(counters, from, to);
    }

    long bytes() {
        return 40 + 8L * counters.length;
    }
}
