package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * Numbers that mostly lie near one another: each is kept as its distance from the first, in 4 bytes; all of them in 8 as soon
 * as one distance does not fit. What indexes are in use is for the owner to know.
 */
final class Column {
    private long base;
    private int[] narrow;
    /** Null while all distances fit. */
    private long[] wide;

    Column(int capacity) {
        narrow = new int[capacity];
    }

    long get(int index) {
        return wide == null ? base + narrow[index] : wide[index];
    }

    /** @param first whether no other index is in use */
    void set(int index, long value, boolean first) {
        if (first) {
            base = value;
            if (wide != null) {
                narrow = new int[wide.length];
                wide = null;
            }
        }
        long distance = value - base;
        if (wide == null && distance != (int) distance) {
            widen();
        }
        if (wide == null) {
            narrow[index] = (int) distance;
        } else {
            wide[index] = value;
        }
    }

    private void widen() {
        wide = new long[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = base + narrow[i];
        }
        narrow = new int[0];
    }

    /** Moves {@code count} numbers from one index on to another. */
    void move(int from, int to, int count) {
        if (wide == null) {
            System.arraycopy(narrow, from, narrow, to, count);
        } else {
            System.arraycopy(wide, from, wide, to, count);
        }
    }

    void grow(int capacity) {
        if (wide == null) {
            narrow = Arrays.copyOf(narrow, capacity);
        } else {
            wide = Arrays.copyOf(wide, capacity);
        }
    }
}
