package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * One process's records in one partition: the unit in which counters rise, clocks never fall, and offsets agree with
 * happened-before.
 *
 * <p>The events stand in columns: their counters, their offsets, the fingerprints of their contents, and for each process
 * the clock entries. Each column but the fingerprints rises along the chain, so every question is a binary search.
 */
final class Lane {
    // Invariants: of the first `size` elements, counters and offsets rise strictly, entries[k] never falls;
    // entries[k] == null (or k beyond its length) stands for a column of zeros;
    // latest is >= the clock of every record heard on this lane, and equals that of the last one.
    private static final int FIRST_CAPACITY = 16;

    final int process;
    final int partition;

    private int size;
    private long[] counters = new long[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private long[] fingerprints = new long[FIRST_CAPACITY];
    private long[][] entries = new long[4][];
    private long[] latest = new long[4];
    private boolean left;

    Lane(int process, int partition) {
        this.process = process;
        this.partition = partition;
    }

    int size() {
        return size;
    }

    long counter(int index) {
        return counters[index];
    }

    long offset(int index) {
        return offsets[index];
    }

    /** What the event at {@code index} knew of {@code process}. */
    long entry(int index, int process) {
        return process < entries.length && entries[process] != null ? entries[process][index] : 0;
    }

    /** The counter of the last event, 0 if there is none. */
    long lastCounter() {
        return size == 0 ? 0 : counters[size - 1];
    }

    /** Whether the lane's last record was a LEAVE. */
    boolean left() {
        return left;
    }

    /** The index of the first event with a counter above {@code counter}; {@link #size} if there is none. */
    int firstAbove(long counter) {
        return firstAbove(counters, counter);
    }

    /** The index of the first event that knew {@code counter} or more events of {@code process}; {@link #size} if none. */
    int firstThatKnew(int process, long counter) {
        if (process >= entries.length || entries[process] == null) {
            return size;
        }
        return firstAbove(entries[process], counter - 1);
    }

    /** The index of the event with this counter, or -1. */
    int find(long counter) {
        int index = Arrays.binarySearch(counters, 0, size, counter);
        return index < 0 ? -1 : index;
    }

    long fingerprint(int index) {
        return fingerprints[index];
    }

    /** A process of which this lane has heard more than {@code clock} knows, or -1: then the clock has fallen. */
    int fallen(long[] clock) {
        for (int k = 0; k < latest.length; k++) {
            if (latest[k] > (k < clock.length ? clock[k] : 0)) {
                return k;
            }
        }
        return -1;
    }

    long latest(int process) {
        return process < latest.length ? latest[process] : 0;
    }

    /** Takes note of a record's clock, which must not have {@link #fallen}. */
    void hear(long[] clock, int processes, boolean leave) {
        if (latest.length < processes) {
            latest = Arrays.copyOf(latest, Math.max(processes, 2 * latest.length));
        }
        System.arraycopy(clock, 0, latest, 0, Math.min(processes, latest.length));
        left = leave;
    }

    /** Appends an event whose counter is above {@link #lastCounter} and whose clock has not {@link #fallen}. */
    void append(long counter, long offset, long fingerprint, long[] clock, int processes) {
        if (size == counters.length) {
            grow();
        }
        if (entries.length < processes) {
            entries = Arrays.copyOf(entries, Math.max(processes, 2 * entries.length));
        }
        counters[size] = counter;
        offsets[size] = offset;
        fingerprints[size] = fingerprint;
        for (int k = 0; k < processes; k++) {
            if (clock[k] != 0) {
                if (entries[k] == null) {
                    entries[k] = new long[counters.length];
                }
                entries[k][size] = clock[k];
            }
        }
        size++;
    }

    private void grow() {
        int capacity = 2 * counters.length;
        counters = Arrays.copyOf(counters, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        fingerprints = Arrays.copyOf(fingerprints, capacity);
        for (int k = 0; k < entries.length; k++) {
            entries[k] = entries[k] == null ? null : Arrays.copyOf(entries[k], capacity);
        }
    }

    private int firstAbove(long[] column, long bound) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (column[middle] > bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
