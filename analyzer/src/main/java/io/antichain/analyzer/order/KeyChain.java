package io.antichain.analyzer.order;

import java.util.Arrays;

/** The held events of one key and one process: their counters, rising, and their rows. */
final class KeyChain {
    private int process;
    private long[] counters = new long[1];
    private int[] rows = new int[1];
    private int start;
    private int end;

    /** Begins anew, for the events of a process. */
    void begin(int ofProcess) {
        process = ofProcess;
        start = 0;
        end = 0;
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

    int row(int index) {
        return rows[index];
    }

    /** The index of the first counter above {@code counter}; {@link #end} if there is none. */
    int firstAbove(long counter) {
        if (start == end || counters[end - 1] <= counter) {
            return end;
        }
        int found = Arrays.binarySearch(counters, start, end, counter);
        return found < 0 ? -1 - found : found + 1;
    }

    /** Adds an event whose counter is not there. */
    void add(long counter, int row) {
        int at = firstAbove(counter);
        if (end == counters.length) {
            at -= start;
            makeRoom();
        }
        System.arraycopy(counters, at, counters, at + 1, end - at);
        System.arraycopy(rows, at, rows, at + 1, end - at);
        counters[at] = counter;
        rows[at] = row;
        end++;
    }

    /** Moves all to the begin. */
    private void makeRoom() {
        int size = end - start;
        boolean isCrowded = size > end / 2;
        long[] movedCounters = isCrowded ? new long[2 * end] : counters;
        int[] movedRows = isCrowded ? new int[2 * end] : rows;
        System.arraycopy(counters, start, movedCounters, 0, size);
        System.arraycopy(rows, start, movedRows, 0, size);
        counters = movedCounters;
        rows = movedRows;
        start = 0;
        end = size;
    }

    /** Takes out a counter that is there. */
    void remove(long counter) {
        if (counters[start] == counter) {
            start++;
        } else {
            int at = Arrays.binarySearch(counters, start, end, counter);
            System.arraycopy(counters, at + 1, counters, at, end - at - 1);
            System.arraycopy(rows, at + 1, rows, at, end - at - 1);
            end--;
        }
    }

    /** The counters from one index to another, null if they are consecutive. */
    long[] listed(int from, int to) {
        return counters[to - 1] - counters[from] == to - 1 - from ? null : Arrays.copyOfRange(counters, from, to);
    }

    long bytes() {
        return 72 + 12L * counters.length;
    }
}
