package io.antichain.analyzer.order;

import java.util.Arrays;

/** Up to {@value #ROWS} rows, as {@link Rows} has them: a column for each thing that is kept of an event. */
final class RowBlock {
    /** A power of two. */
    static final int ROWS = 128;

    /** The most that an entry can be above its base. */
    static final int FURTHEST = 255;

    private static final int ROW_BYTES = 4 + 8 + 8 + 4 + 4;
    private static final int OBJECTS_BYTES = 56 + 6 * 16;

    /** A clock that rows are kept above; entries beyond its end are 0. */
    static final class Base {
        private final long[] entries;
        /** How many rows are kept above it. */
        int rows;

        private Base(long[] entries) {
            this.entries = entries;
        }

        long bytes() {
            return 40 + 8L * entries.length;
        }
    }

    /** How many processes a row has room for. */
    final int width;

    final int[] processes = new int[ROWS];
    final long[] offsets = new long[ROWS];
    final long[] fingerprints = new long[ROWS];
    /** Log times, above {@link #firstMs}. */
    final int[] timesMs = new int[ROWS];

    final Base[] bases = new Base[ROWS];
    /** Null unless events have keys. */
    final KeyedRows keyed;
    /** Clocks above the bases, {@link #width} bytes each. */
    private final byte[] above;
    /** Null while all rows stand in {@link #partition}. */
    private int[] partitions;

    private int partition;
    /** Null while all rows were read where they stand. */
    private long[] readOffsets;
    /** Null while no row has traits. */
    private Traits[] traits;

    long firstMs;
    /** The first row that is free. */
    int end;

    RowBlock(int width, boolean keyed) {
        this.width = width;
        this.above = new byte[ROWS * width];
        this.keyed = keyed ? new KeyedRows() : null;
    }

    /** The memory it takes, without bases. */
    long bytes() {
        int row = ROW_BYTES
                + width
                + (keyed == null ? 0 : KeyedRows.ROW_BYTES)
                + (partitions == null ? 0 : 4)
                + (readOffsets == null ? 0 : 8)
                + (traits == null ? 0 : 4);
        return OBJECTS_BYTES + (long) ROWS * row;
    }

    /** Puts a clock above a base; tells whether every entry fits in a byte. */
    boolean putClock(int at, long[] clock, int count, Base base) {
        long[] entries = base.entries;
        int from = at * width;
        int common = Math.min(count, entries.length);
        long misfit = 0;
        for (int k = 0; k < common; k++) {
            long distance = clock[k] - entries[k];
            misfit |= distance | (FURTHEST - distance);
            above[from + k] = (byte) distance;
        }
        for (int k = common; k < count; k++) {
            misfit |= FURTHEST - clock[k];
            above[from + k] = (byte) clock[k];
        }
        for (int k = count; k < width; k++) {
            above[from + k] = 0;
        }
        return misfit >= 0;
    }

    /** A clock that is its own base. */
    Base newBase(int at, long[] clock) {
        Arrays.fill(above, at * width, (at + 1) * width, (byte) 0);
        return new Base(Arrays.copyOf(clock, width));
    }

    /** What the event of a row knew of a process. */
    long entry(int at, int process) {
        if (process >= width) {
            return 0;
        }
        long[] base = bases[at].entries;
        return (process < base.length ? base[process] : 0) + (above[at * width + process] & FURTHEST);
    }

    /** The row's clock, and all above the same base, name the process no more. */
    void forget(int at, int process) {
        if (process < width) {
            long[] base = bases[at].entries;
            if (process < base.length) {
                base[process] = 0;
            }
            above[at * width + process] = 0;
        }
    }

    /** Where the row was read. */
    long readOffset(int at) {
        return readOffsets == null ? offsets[at] : readOffsets[at];
    }

    /** Puts where a row stands in its partition, and where it was read; returns how many more bytes the block takes. */
    long putOffset(int at, long offset, long readOffset) {
        offsets[at] = offset;
        if (readOffsets != null) {
            readOffsets[at] = readOffset;
            return 0;
        }
        if (offset == readOffset) {
            return 0;
        }
        readOffsets = offsets.clone();
        readOffsets[at] = readOffset;
        return 8L * ROWS;
    }

    /** Null if the row has none. */
    Traits traits(int at) {
        return traits == null ? null : traits[at];
    }

    /** Puts a row's traits, null for none; returns how many more bytes the block takes. */
    long putTraits(int at, Traits rowsTraits) {
        if (traits != null) {
            traits[at] = rowsTraits;
            return 0;
        }
        if (rowsTraits == null) {
            return 0;
        }
        traits = new Traits[ROWS];
        traits[at] = rowsTraits;
        return 4L * ROWS;
    }

    int partition(int at) {
        return partitions == null ? partition : partitions[at];
    }

    /** Puts where a row stands; returns how many more bytes the block takes, or fewer. */
    long putPartition(int at, int rowsPartition) {
        if (at == 0) {
            long freed = partitions == null ? 0 : 4L * ROWS;
            partition = rowsPartition;
            partitions = null;
            return -freed;
        }
        if (partitions == null) {
            if (rowsPartition == partition) {
                return 0;
            }
            partitions = new int[ROWS];
            Arrays.fill(partitions, partition);
            partitions[at] = rowsPartition;
            return 4L * ROWS;
        }
        partitions[at] = rowsPartition;
        return 0;
    }
}
