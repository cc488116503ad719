package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The unstable events of one lane: appended at the end, dropped from the start.
 *
 * <p>Each event has a sequence number, counted from 0 over all that were ever appended, which stays its own while others
 * are dropped. Memory: 8 · (processes + 3) bytes an event, and up to four times that while arrays grow and shrink.
 */
final class Window implements Chain {
    // Invariants: events lie in [start, end); there counters and offsets rise strictly and no column of `rows` falls.
    // Clocks lie row by row, `width` entries each: an append writes one stretch of memory, and a search, which mostly
    // ends within a few rows from the end, reads few. Entries beyond `width` are 0 for all events held.
    private static final int FIRST_CAPACITY = 16;

    private int start;
    private int end;
    /** The sequence number of index 0. */
    private long base;

    private int width;
    private long[] counters = new long[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private long[] fingerprints = new long[FIRST_CAPACITY];
    private KeyHistory[] keys;
    private long[] rows = {};

    /** @param keyed whether each event belongs to a key */
    Window(boolean keyed) {
        keys = keyed ? new KeyHistory[FIRST_CAPACITY] : null;
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public long counter(int position) {
        return counters[start + position];
    }

    @Override
    public long offset(int position) {
        return offsets[start + position];
    }

    @Override
    public long entry(int position, int process) {
        return process < width ? rows[(start + position) * width + process] : 0;
    }

    long fingerprint(int position) {
        return fingerprints[start + position];
    }

    /** The key's history that the event at {@code position} belongs to; null if it has no key. */
    KeyHistory key(int position) {
        return keys[start + position];
    }

    /** The sequence number of the event at {@code position}. */
    long sequence(int position) {
        return base + start + position;
    }

    /** The position of the event with this sequence number, negative if it is dropped. */
    int position(long sequence) {
        return (int) (sequence - base - start);
    }

    /** The position of the event with this counter, or -1. */
    int find(long counter) {
        int index = Arrays.binarySearch(counters, start, end, counter);
        return index < 0 ? -1 : index - start;
    }

    @Override
    public int firstAbove(long counter) {
        int length = end - start;
        if (length == 0 || counters[end - 1] <= counter) {
            return length;
        }
        long first = counters[start];
        if (counters[end - 1] - first == length - 1) {
            return (int) Math.max(0, counter - first + 1); // no hole: the counter says where
        }
        int high = end;
        int step = 1;
        while (high - step >= start && counters[high - step] > counter) {
            high -= step;
            step <<= 1;
        }
        int low = Math.max(start, high - step + 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (counters[middle] > counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - start;
    }

    @Override
    public int firstThatKnew(int process, long counter) {
        if (process >= width) {
            return end - start;
        }
        int high = end;
        int step = 1;
        while (high - step >= start && rows[(high - step) * width + process] >= counter) {
            high -= step;
            step <<= 1;
        }
        int low = Math.max(start, high - step + 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle * width + process] >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - start;
    }

    /**
     * Appends an event whose counter and offset are above all others here, and whose clock knows no less.
     *
     * @param clock its entries by process number
     * @param processes how many of these count
     */
    void append(long counter, long offset, long fingerprint, KeyHistory key, long[] clock, int processes) {
        if (end == counters.length || width < processes) {
            makeRoom(processes);
        }
        counters[end] = counter;
        offsets[end] = offset;
        fingerprints[end] = fingerprint;
        if (keys != null) {
            keys[end] = key;
        }
        System.arraycopy(clock, 0, rows, end * width, processes);
        end++;
    }

    /** Forgets the first {@code count} events. */
    void drop(int count) {
        if (keys != null) {
            Arrays.fill(keys, start, start + count, null);
        }
        start += count;
        if (counters.length > FIRST_CAPACITY && end - start < counters.length / 8) {
            resize(Math.max(FIRST_CAPACITY, counters.length / 4), width);
        }
    }

    private void makeRoom(int processes) {
        boolean halfIsFree = end - start <= counters.length / 2;
        int capacity = end < counters.length || halfIsFree ? counters.length : Math.multiplyExact(2, counters.length);
        resize(capacity, processes <= width ? width : roundedUp(processes));
    }

    /** To the next multiple of 4: processes join one by one, and each new width moves every row. */
    private static int roundedUp(int processes) {
        return (processes + 3) & ~3;
    }

    /** Moves the events to the start of arrays of this capacity, in rows of this width; in place if neither changes. */
    private void resize(int capacity, int newWidth) {
        boolean inPlace = capacity == counters.length && newWidth == width;
        int length = end - start;
        long[] newRows = inPlace ? rows : new long[Math.multiplyExact(capacity, newWidth)];
        if (newWidth == width) {
            System.arraycopy(rows, start * width, newRows, 0, length * width);
        } else {
            for (int i = 0; i < length; i++) {
                System.arraycopy(rows, (start + i) * width, newRows, i * newWidth, width);
            }
        }
        rows = newRows;
        width = newWidth;
        counters = moved(counters, inPlace ? counters : new long[capacity]);
        offsets = moved(offsets, inPlace ? offsets : new long[capacity]);
        fingerprints = moved(fingerprints, inPlace ? fingerprints : new long[capacity]);
        if (keys != null) {
            KeyHistory[] newKeys = new KeyHistory[capacity];
            System.arraycopy(keys, start, newKeys, 0, length);
            keys = newKeys;
        }
        base += start;
        start = 0;
        end = length;
    }

    private long[] moved(long[] column, long[] to) {
        System.arraycopy(column, start, to, 0, end - start);
        return to;
    }
}
