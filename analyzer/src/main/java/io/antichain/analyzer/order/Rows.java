package io.antichain.analyzer.order;

import io.antichain.analyzer.order.RowBlock.Base;

/**
 * What is kept of the events held, a row each, in the order of their arrival. Rows are numbered in that order, in 32 bits that
 * wrap around, and lie in {@link RowBlock}s.
 *
 * <p>A clock is kept as single bytes above a {@link Base}, which successive events of a process share until an entry is more
 * than {@value RowBlock#FURTHEST} above it.
 *
 * <p>Memory: 28 bytes a row, 1 for each process (rounded up to a multiple of 4, or of a sixteenth), 25 in scope key, 4 where
 * rows of a block stand in several partitions, 8 where they were not read there, 4 and its {@link Traits} where there are
 * conditions on pairs; and 8 for each process and base.
 */
final class Rows {
    private static final int SHIFT = Integer.numberOfTrailingZeros(RowBlock.ROWS);
    private static final int BLOCK = RowBlock.ROWS;

    private final boolean keyed;

    // Invariants: the rows held have the numbers [start, end), without those at the end of blocks that were left early;
    // the block of a row is blocks[(row >>> SHIFT) modulo their number, a power of two].
    private RowBlock[] blocks = new RowBlock[2];
    private RowBlock spare;
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

    private RowBlock block(int row) {
        return blocks[(row >>> SHIFT) & (blocks.length - 1)];
    }

    private static int at(int row) {
        return row & (BLOCK - 1);
    }

    /**
     * Adds a row.
     *
     * @param near a base that may suit; null if there is none
     * @return its number
     */
    int add(int process, Row row, long[] clock, int count, long timeMs, Base near) {
        RowBlock block = blockFor(count, timeMs);
        int at = at(end);
        block.processes[at] = process;
        block.fingerprints[at] = row.fingerprint;
        block.timesMs[at] = (int) (timeMs - block.firstMs);
        bytes += block.putPartition(at, row.partition);
        bytes += block.putOffset(at, row.offset, row.readOffset);
        bytes += block.putTraits(at, row.traits) + (row.traits == null ? 0 : row.traits.bytes());
        if (keyed) {
            block.keyed.put(end, row);
        }
        Base base = near;
        if (near == null || !block.putClock(at, clock, count, near)) {
            base = block.newBase(at, clock);
            bytes += base.bytes();
        }
        base.rows++;
        block.bases[at] = base;
        block.end = at + 1;
        size++;
        return end++;
    }

    /** The block for the next row; one that is too narrow, or whose log time is too far away, is left early. */
    private RowBlock blockFor(int count, long timeMs) {
        if (at(end) > 0) {
            RowBlock last = block(end);
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
        RowBlock next = newBlock(count);
        next.firstMs = timeMs;
        blocks[(end >>> SHIFT) & (blocks.length - 1)] = next;
        bytes += next.bytes();
        return next;
    }

    private RowBlock newBlock(int count) {
        RowBlock taken = spare;
        spare = null;
        return taken != null && taken.width >= count ? taken : new RowBlock(roundedUp(count), keyed);
    }

    /** Processes join one by one, and each new width begins a new block. */
    private static int roundedUp(int processes) {
        int step = Math.max(4, Integer.highestOneBit(processes) / 16);
        return (processes + step - 1) / step * step;
    }

    private void makeRoom() {
        int used = (end - start + at(start)) >>> SHIFT;
        if (used == blocks.length) {
            RowBlock[] more = new RowBlock[2 * used];
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
        RowBlock block = block(start);
        int at = at(start);
        Base base = block.bases[at];
        if (--base.rows == 0) {
            bytes -= base.bytes();
        }
        block.bases[at] = null;
        Traits traits = block.traits(at);
        if (traits != null) {
            bytes -= traits.bytes();
            block.putTraits(at, null);
        }
        size--;
        start++;
        if (at + 1 == block.end && (size > 0 || block.end == BLOCK)) {
            leave(block);
        }
    }

    /** The oldest row's block has no more. */
    private void leave(RowBlock block) {
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
        RowBlock block = block(row);
        return block.entry(at(row), block.processes[at(row)]);
    }

    long offset(int row) {
        return block(row).offsets[at(row)];
    }

    /** Where the row was read. */
    long readOffset(int row) {
        return block(row).readOffset(at(row));
    }

    int partition(int row) {
        return block(row).partition(at(row));
    }

    /** Null if there are no conditions on its pairs. */
    Traits traits(int row) {
        return block(row).traits(at(row));
    }

    long fingerprint(int row) {
        return block(row).fingerprints[at(row)];
    }

    long timeMs(int row) {
        RowBlock block = block(row);
        return block.firstMs + block.timesMs[at(row)];
    }

    /** What else is kept of a row, where events have keys; else null. */
    KeyedRows keyed(int row) {
        return block(row).keyed;
    }

    /** The number of the key of a row, {@link KeyTable#NONE} if it has none. */
    int key(int row) {
        return keyed ? keyed(row).key(row) : KeyTable.NONE;
    }

    Base base(int row) {
        return block(row).bases[at(row)];
    }

    /** What the row's event knew of a process. */
    long entry(int row, int process) {
        return block(row).entry(at(row), process);
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
            block(row).forget(at(row), process);
            return true;
        });
    }
}
