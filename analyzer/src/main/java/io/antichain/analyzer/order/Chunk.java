package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * Up to {@value #ROWS} neighbouring events of one chain, a row each. Counters are kept as 4 bytes above
 * the first one, and clocks as single bytes above one base row, which all rows of the chunk share: a clock with an entry that
 * lies below the base, or more than 255 above it, does not fit.
 *
 * <p>Memory: 8 bytes a process for the base row; a row takes 1 byte a process, and 20.
 */
final class Chunk {
    static final int ROWS = 64;

    private static final int ROW_BYTES = 4 + 8 + 8;
    private static final int FIRST_ROWS = 4;
    private static final int FURTHEST = 255;
    private static final int OBJECT_BYTES = 120;

    // Invariants: rows lie in [start, end); there counters rise, no clock entry falls, and base is the entry-wise least
    // that a row may have. Entries of processes from `width` on are 0 in every row.
    private final int width;
    private final long[] base;
    private byte[] clocks;
    private int[] counters = new int[FIRST_ROWS];
    private long[] offsets = new long[FIRST_ROWS];
    private long[] fingerprints = new long[FIRST_ROWS];
    private int capacity = FIRST_ROWS;
    private long counterBase;
    private long firstCounter;
    private long lastCounter;
    private int partition;
    /** Null while all rows stand in {@link #partition}. */
    private int[] partitions;

    private int start;
    private int end;
    private long bytes;

    /** @param width how many processes a row has room for */
    Chunk(int width) {
        this.width = width;
        this.base = new long[width];
        this.clocks = new byte[FIRST_ROWS * width];
        this.bytes = countBytes();
    }

    int width() {
        return width;
    }

    int size() {
        return end - start;
    }

    long firstCounter() {
        return firstCounter;
    }

    /** Whether a row can be put between others. */
    boolean hasRoom() {
        return end - start < ROWS && (end < ROWS || start > 0);
    }

    /** Whether a row with this counter and clock fits, wherever it stands. */
    boolean fits(long counter, long[] clock, int processes) {
        if (end == start) {
            return true;
        }
        long distance = counter - counterBase;
        long misfit = distance == (int) distance ? beyondWidth(clock, processes) : -1;
        int count = Math.min(processes, width);
        for (int k = 0; k < count; k++) {
            long above = clock[k] - base[k];
            misfit |= above | (FURTHEST - above);
        }
        return misfit >= 0;
    }

    /** Negative if the clock names a process for which a row has no room. */
    private long beyondWidth(long[] clock, int processes) {
        for (int k = width; k < processes; k++) {
            if (clock[k] != 0) {
                return -1;
            }
        }
        return 0;
    }

    /** The row of the event with this counter, or -1 less the row before which it would stand. */
    int find(long counter) {
        if (counter < firstCounter) {
            return -1 - start;
        }
        if (counter > lastCounter) {
            return -1 - end;
        }
        if (lastCounter - firstCounter == end - start - 1) { // no hole: the counter says where
            return (int) (start + (counter - firstCounter));
        }
        return search(counter);
    }

    private int search(long counter) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (counter(middle) < counter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return counter(low) == counter ? low : -1 - low;
    }

    int firstRow() {
        return start;
    }

    int endRow() {
        return end;
    }

    long counter(int row) {
        return counterBase + counters[row];
    }

    long offset(int row) {
        return offsets[row];
    }

    int partition(int row) {
        return partitions == null ? partition : partitions[row];
    }

    long fingerprint(int row) {
        return fingerprints[row];
    }

    /** What the event of a row knew of a process. */
    long entry(int row, int process) {
        return process < width ? base[process] + (clocks[row * width + process] & 0xFF) : 0;
    }

    /** Copies the clock of a row, as far as there are processes. */
    void clock(int row, long[] to, int processes) {
        for (int k = 0; k < processes; k++) {
            to[k] = entry(row, k);
        }
    }

    /** The first row whose event knew {@code counter} or more events of a process; {@link #endRow} if there is none. */
    int firstThatKnew(int process, long counter) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entry(middle, process) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Puts a row after all others.
     *
     * @return whether it fitted there; if not, nothing has changed
     */
    boolean append(Row row, long[] clock, int processes) {
        long distance = row.counter - counterBase;
        if (end == start) {
            begin(row, clock, processes);
            distance = 0;
        } else if (end == ROWS || distance != (int) distance || beyondWidth(clock, processes) < 0) {
            return false;
        } else if (end == capacity) {
            grow();
        }
        if (!putClock(end, clock, processes)) {
            return false;
        }
        putRest(end, row);
        lastCounter = row.counter;
        end++;
        return true;
    }

    /** Puts a row before row {@code at}; it fits, and there is room. */
    void insert(int at, Row row, long[] clock, int processes) {
        if (at == end && end < ROWS) {
            append(row, clock, processes);
            return;
        }
        int to = at;
        if (end == ROWS || (at == start && start > 0)) {
            move(start, start - 1, at - start);
            start--;
            to = at - 1;
        } else {
            if (end == capacity) {
                grow();
            }
            move(at, at + 1, end - at);
            end++;
        }
        putClock(to, clock, processes);
        putRest(to, row);
        firstCounter = counter(start);
        lastCounter = counter(end - 1);
    }

    private void begin(Row row, long[] clock, int processes) {
        int count = Math.min(processes, width);
        System.arraycopy(clock, 0, base, 0, count);
        Arrays.fill(base, count, width, 0);
        start = 0;
        end = 0;
        counterBase = row.counter;
        firstCounter = row.counter;
        partition = row.partition;
        partitions = null;
    }

    private boolean putClock(int row, long[] clock, int processes) {
        int count = Math.min(processes, width);
        int from = row * width;
        long misfit = 0;
        for (int k = 0; k < count; k++) {
            long above = clock[k] - base[k];
            misfit |= above | (FURTHEST - above);
            clocks[from + k] = (byte) above;
        }
        for (int k = count; k < width; k++) {
            clocks[from + k] = 0;
        }
        return misfit >= 0;
    }

    private void putRest(int row, Row rest) {
        counters[row] = (int) (rest.counter - counterBase);
        offsets[row] = rest.offset;
        fingerprints[row] = rest.fingerprint;
        if (rest.partition != partition && partitions == null) {
            partitions = new int[capacity];
            Arrays.fill(partitions, partition);
            bytes += 4L * capacity;
        }
        if (partitions != null) {
            partitions[row] = rest.partition;
        }
    }

    /** Takes out a row. */
    void remove(int row) {
        if (row == start) {
            start++;
        } else {
            move(row + 1, row, end - row - 1);
            end--;
        }
        if (end > start) {
            firstCounter = counter(start);
            lastCounter = counter(end - 1);
        }
    }

    /** Moves the rows from {@code row} on into an empty chunk of the same width. */
    void split(int row, Chunk to) {
        long[] clock = new long[width];
        Row moved = new Row();
        for (int r = row; r < end; r++) {
            clock(r, clock, width);
            moved.set(counter(r), partition(r), offset(r), fingerprint(r));
            to.insert(to.end, moved, clock, width);
        }
        end = row;
        lastCounter = counter(end - 1);
    }

    /** No clock names the process any more. */
    void forget(int process) {
        if (process < width) {
            base[process] = 0;
            for (int row = start; row < end; row++) {
                clocks[row * width + process] = 0;
            }
        }
    }

    private void move(int from, int to, int count) {
        System.arraycopy(counters, from, counters, to, count);
        System.arraycopy(offsets, from, offsets, to, count);
        System.arraycopy(fingerprints, from, fingerprints, to, count);
        System.arraycopy(clocks, from * width, clocks, to * width, count * width);
        if (partitions != null) {
            System.arraycopy(partitions, from, partitions, to, count);
        }
    }

    private void grow() {
        capacity = Math.min(ROWS, 2 * capacity);
        counters = Arrays.copyOf(counters, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        fingerprints = Arrays.copyOf(fingerprints, capacity);
        clocks = Arrays.copyOf(clocks, capacity * width);
        if (partitions != null) {
            partitions = Arrays.copyOf(partitions, capacity);
        }
        bytes = countBytes();
    }

    /** Forgets all rows, so that it can be used again. */
    void clear() {
        start = 0;
        end = 0;
    }

    /** The memory it takes. */
    long bytes() {
        return bytes;
    }

    private long countBytes() {
        return OBJECT_BYTES
                + 8L * width
                + (long) capacity * (ROW_BYTES + width)
                + (partitions == null ? 0 : 4L * capacity);
    }
}
