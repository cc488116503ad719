package io.antichain.analyzer.order;

import java.util.Arrays;

/** Offsets in rising order: added at the end, dropped from the start. */
final class OffsetList {
    private static final long[] NONE = {};

    private long[] offsets = NONE;
    private int size;

    int size() {
        return size;
    }

    boolean contains(long offset) {
        return Arrays.binarySearch(offsets, 0, size, offset) >= 0;
    }

    void add(long offset) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(4, 2 * size));
        }
        offsets[size++] = offset;
    }

    void dropBelow(long offset) {
        if (size == 0) {
            return;
        }
        int found = Arrays.binarySearch(offsets, 0, size, offset);
        int dropped = found < 0 ? -found - 1 : found;
        size -= dropped;
        offsets = size == 0 ? NONE : Arrays.copyOfRange(offsets, dropped, dropped + Math.max(4, size));
    }

    long[] toArray() {
        return Arrays.copyOf(offsets, size);
    }
}
