package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * What is kept of the events held, a row each, in the order of their arrival. Rows are numbered in that order, in 32 bits that
 * wrap around, and lie in blocks of {@value #BLOCK}.
 *
 * <p>A clock is kept as single bytes above a {@link Base}, which successive events of a process share until an entry is more
 * than {@value #FURTHEST} above it.
 *
 * <p>Memory: 28 bytes a row, 1 for each process (rounded up to a multiple of 4, or of a sixteenth), 4 in scope key, 4 where
 * rows of a block stand in several partitions; and 8 for each process and base.
 */
final class Rows {
    private static final int SHIFT = 7;
    private static final int BLOCK = 1 << SHIFT;
    private static final int FURTHEST = 255;
    private static final int ROW_BYTES = 4 + 8 + 8 + 4 + 4;
    private static final int BLOCK_OBJECTS_BYTES = 56 + 6 * 16;

    /** A clock that rows are kept above; entries beyond its end are 0. */
    static final class Base {
        private final long[] entries;
        private int rows;

        private Base(long[] entries) {
            this.entries = entries;
        }

        private long bytes() {
            return 40 + 8L * entries.length;
        }
    }

    private static final class Block {
        final int width;
        final int[] processes = new int[BLOCK];
        final long[] offsets = new long[BLOCK];
        final long[] fingerprints = new long[BLOCK];
        /** Log times, above {@link #firstMs}. */
        final int[] timesMs = new int[BLOCK];

        final Base[] bases = new Base[BLOCK];
        /** Clocks above the bases, {@link #width} bytes each. */
        final byte[] above;
        /** Null unless events have keys. */
        final KeyHistory[] keys;

        int partition;
        /** Null while all rows stand in {@link #partition}. */
        int[] partitions;

        long firstMs;
        /** The first row that is free, counted from the block's begin. */
        int end;

        Block(int width, boolean keyed) {
            this.width = width;
            this.above = new byte[BLOCK * width];
            this.keys = keyed ? new KeyHistory[BLOCK] : null;
        }

        long bytes() {
            int row = ROW_BYTES + width + (keys == null ? 0 : 4) + (partitions == null ? 0 : 4);
            return BLOCK_OBJECTS_BYTES + (long) BLOCK * row;
        }
    }

    private final boolean keyed;

    // Invariants: the rows held have the numbers [start, end), without those at the end of blocks that were left early;
    // the
    // block of a row is blocks[(row >>> SHIFT) modulo their number, a power of two].
    private Block[] blocks = new Block[2];
    private Block spare;
    private int start;
    private int end;
    private long size;
    private long bytes;

    /** @param keyed whether events have keys */
    Rows(boolean keyed) {
        this.keyed = keyed;
    }

    long size() {
        return size;
    }

    /** The memory that rows and bases take. */
    long bytes() {
        return bytes;
    }

    private Block block(int row) {
        return blocks[(row >>> SHIFT) & (blocks.length - 1)];
    }

    private static int at(int row) {
        return row & (BLOCK - 1);
    }

    /**
     * Adds a row.
     *
     * @param near a base that may suit; null if there is none
     * @param key null if it has none
     * @return its number
     */
    int add(int process, Row row, long[] clock, int count, long timeMs, KeyHistory key, Base near) {
        Block block = blockFor(count, timeMs);
        int at = at(end);
        block.processes[at] = process;
        block.offsets[at] = row.offset;
        block.fingerprints[at] = row.fingerprint;
        block.timesMs[at] = (int) (timeMs - block.firstMs);
        if (row.partition != block.partition || block.partitions != null) {
            putPartition(block, at, row.partition);
        }
        if (keyed) {
            block.keys[at] = key;
        }
        Base base = near;
        if (near == null || !putClock(block, at, clock, count, near.entries)) {
            base = new Base(Arrays.copyOf(clock, block.width));
            Arrays.fill(block.above, at * block.width, (at + 1) * block.width, (byte) 0);
            bytes += base.bytes();
        }
        base.rows++;
        block.bases[at] = base;
        block.end = at + 1;
        size++;
        return end++;
    }

    /** Tells whether every entry fits in a byte above its base. */
    private static boolean putClock(Block block, int at, long[] clock, int count, long[] base) {
        int from = at * block.width;
        int common = Math.min(count, base.length);
        long misfit = 0;
        for (int k = 0; k < common; k++) {
            long above = clock[k] - base[k];
            misfit |= above | (FURTHEST - above);
            block.above[from + k] = (byte) above;
        }
        for (int k = common; k < count; k++) {
            misfit |= FURTHEST - clock[k];
            block.above[from + k] = (byte) clock[k];
        }
        for (int k = count; k < block.width; k++) {
            block.above[from + k] = 0;
        }
        return misfit >= 0;
    }

    private void putPartition(Block block, int at, int partition) {
        if (at == 0) {
            bytes -= block.partitions == null ? 0 : 4L * BLOCK;
            block.partition = partition;
            block.partitions = null;
            return;
        }
        if (block.partitions == null) {
            block.partitions = new int[BLOCK];
            Arrays.fill(block.partitions, block.partition);
            bytes += 4L * BLOCK;
        }
        block.partitions[at] = partition;
    }

    /** The block for the next row; one that is too narrow, or whose log time is too far away, is left early. */
    private Block blockFor(int count, long timeMs) {
        if (at(end) > 0) {
            Block last = block(end);
            long above = timeMs - last.firstMs;
            if (count <= last.width && above == (int) above) {
                return last;
            }
            end += BLOCK - at(end);
            if (size == 0) {
                start = end;
                leave(last);
            }
        }
        makeRoom();
        Block next = newBlock(count);
        next.firstMs = timeMs;
        blocks[(end >>> SHIFT) & (blocks.length - 1)] = next;
        bytes += next.bytes();
        return next;
    }

    private Block newBlock(int count) {
        Block taken = spare;
        spare = null;
        return taken != null && taken.width >= count ? taken : new Block(roundedUp(count), keyed);
    }

    /** Processes join one by one, and each new width begins a new block. */
    private static int roundedUp(int processes) {
        int step = Math.max(4, Integer.highestOneBit(processes) / 16);
        return (processes + step - 1) / step * step;
    }

    private void makeRoom() {
        int used = (end - start + at(start)) >>> SHIFT;
        if (used == blocks.length) {
            Block[] more = new Block[2 * used];
            int first = start >>> SHIFT;
            for (int i = first; i < first + used; i++) {
                more[i & (more.length - 1)] = blocks[i & (blocks.length - 1)];
            }
            blocks = more;
        }
    }

    /** The oldest row, which there is. */
    int oldest() {
        return start;
    }

    void removeOldest() {
        Block block = block(start);
        int at = at(start);
        Base base = block.bases[at];
        if (--base.rows == 0) {
            bytes -= base.bytes();
        }
        block.bases[at] = null;
        if (keyed) {
            block.keys[at] = null;
        }
        size--;
        start++;
        if (at + 1 == block.end && (size > 0 || block.end == BLOCK)) {
            leave(block);
        }
    }

    /** The oldest row's block has no more. */
    private void leave(Block block) {
        blocks[((start - 1) >>> SHIFT) & (blocks.length - 1)] = null;
        bytes -= block.bytes();
        start += (BLOCK - at(start)) & (BLOCK - 1);
        spare = block;
    }

    /** Told of each row, the oldest first. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(int row);
    }

    void forEach(Visitor visitor) {
        int row = start;
        for (long left = size; left > 0; left--) {
            if (!visitor.visit(row)) {
                return;
            }
            row++;
            if (left > 1 && at(row - 1) + 1 == block(row - 1).end) {
                row += (BLOCK - at(row)) & (BLOCK - 1);
            }
        }
    }

    int process(int row) {
        return block(row).processes[at(row)];
    }

    /** An event's counter is what its own clock says of its process. */
    long counter(int row) {
        Block block = block(row);
        return entry(block, at(row), block.processes[at(row)]);
    }

    long offset(int row) {
        return block(row).offsets[at(row)];
    }

    int partition(int row) {
        Block block = block(row);
        return block.partitions == null ? block.partition : block.partitions[at(row)];
    }

    long fingerprint(int row) {
        return block(row).fingerprints[at(row)];
    }

    long timeMs(int row) {
        Block block = block(row);
        return block.firstMs + block.timesMs[at(row)];
    }

    /** Null if it has none. */
    KeyHistory key(int row) {
        return keyed ? block(row).keys[at(row)] : null;
    }

    Base base(int row) {
        return block(row).bases[at(row)];
    }

    /** What the row's event knew of a process. */
    long entry(int row, int process) {
        return entry(block(row), at(row), process);
    }

    private static long entry(Block block, int at, int process) {
        if (process >= block.width) {
            return 0;
        }
        long[] base = block.bases[at].entries;
        return (process < base.length ? base[process] : 0) + (block.above[at * block.width + process] & FURTHEST);
    }

    /** Copies a row's clock, as far as there are processes. */
    void clock(int row, long[] to, int count) {
        for (int k = 0; k < count; k++) {
            to[k] = entry(row, k);
        }
    }

    /** No clock names the process any more. */
    void forget(int process) {
        forEach(row -> {
            Block block = block(row);
            if (process < block.width) {
                long[] base = block.bases[at(row)].entries;
                if (process < base.length) {
                    base[process] = 0;
                }
                block.above[at(row) * block.width + process] = 0;
            }
            return true;
        });
    }
}
