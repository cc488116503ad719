package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The held events of one process in the order of their counters, whatever the order of their arrival. Along it counters rise
 * and no clock entry falls.
 *
 * <p>An event is found by {@link #locate}, which leaves a cursor on it; what follows about the event reads there.
 */
final class Chain {
    // Invariants: chunks lie in [start, end), none is empty, and their rows follow one another; `held` has the counters
    // of the rows, and no other.
    private final ChunkPool pool;
    private final Intervals held = new Intervals();
    private Chunk[] chunks = new Chunk[2];
    private int start;
    private int end;

    private int size;

    private int atChunk;
    private int atRow;

    Chain(ChunkPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** The counters of the events. */
    Intervals counters() {
        return held;
    }

    /** Sets the cursor on the event with this counter, or on that before which it would stand; tells whether it is there. */
    boolean locate(long counter) {
        if (start == end) {
            atChunk = end;
            atRow = 0;
            return false;
        }
        atChunk = end - 1;
        if (chunks[atChunk].firstCounter() > counter) {
            atChunk = chunkOf(counter);
        }
        int row = chunks[atChunk].find(counter);
        atRow = row < 0 ? -1 - row : row;
        return row >= 0;
    }

    /** The last chunk that begins with this counter or before it; the first chunk if there is none. */
    private int chunkOf(long counter) {
        int low = start;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chunks[middle].firstCounter() <= counter) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    long offset() {
        return chunks[atChunk].offset(atRow);
    }

    int partition() {
        return chunks[atChunk].partition(atRow);
    }

    long fingerprint() {
        return chunks[atChunk].fingerprint(atRow);
    }

    /** What the event under the cursor knew of a process. */
    long entry(int process) {
        return chunks[atChunk].entry(atRow, process);
    }

    /** Copies the clock of the event before the cursor; tells whether there is one. */
    boolean clockBefore(long[] to, int processes) {
        if (start == end) {
            return false;
        }
        if (atRow > chunks[atChunk].firstRow()) {
            chunks[atChunk].clock(atRow - 1, to, processes);
            return true;
        }
        if (atChunk > start) {
            Chunk before = chunks[atChunk - 1];
            before.clock(before.endRow() - 1, to, processes);
            return true;
        }
        return false;
    }

    /** Copies the clock of the event under the cursor, where none with the counter looked for is; tells whether there is one. */
    boolean clockAfter(long[] to, int processes) {
        if (start == end) {
            return false;
        }
        if (atRow < chunks[atChunk].endRow()) {
            chunks[atChunk].clock(atRow, to, processes);
            return true;
        }
        if (atChunk + 1 < end) {
            Chunk after = chunks[atChunk + 1];
            after.clock(after.firstRow(), to, processes);
            return true;
        }
        return false;
    }

    /** The counter of the first event that knew {@code counter} or more events of a process; {@link Long#MAX_VALUE} if none. */
    long firstThatKnew(int process, long counter) {
        int low = start;
        int high = end;
        while (low < high) { // the first chunk whose last event knew
            int middle = (low + high) >>> 1;
            Chunk chunk = chunks[middle];
            if (chunk.entry(chunk.endRow() - 1, process) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == end ? Long.MAX_VALUE : chunks[low].counter(chunks[low].firstThatKnew(process, counter));
    }

    /** Puts an event at its place, which nothing holds yet. May lower entries of the clock. */
    void insert(Row row, long[] clock, int processes) {
        if (row.counter > held.last()) {
            append(row, clock, processes);
        } else {
            locate(row.counter);
            keepBelowNext(clock, processes);
            insertLate(row, clock, processes);
        }
        held.add(row.counter);
        size++;
    }

    int size() {
        return size;
    }

    private void append(Row row, long[] clock, int processes) {
        if (start < end) {
            Chunk last = chunks[end - 1];
            long before = last.bytes();
            boolean fitted = last.append(row, clock, processes);
            pool.grown(last.bytes() - before);
            if (fitted) {
                return;
            }
        }
        add(end, pool.take(processes));
        chunks[end - 1].append(row, clock, processes);
    }

    /** What the next event left out as too old is not kept of this one either, so that no entry falls along the chain. */
    private void keepBelowNext(long[] clock, int processes) {
        boolean inNext = atRow == chunks[atChunk].endRow();
        Chunk chunk = inNext ? chunks[atChunk + 1] : chunks[atChunk];
        int next = inNext ? chunk.firstRow() : atRow;
        for (int k = 0; k < processes; k++) {
            clock[k] = Math.min(clock[k], chunk.entry(next, k));
        }
    }

    /** Before the cursor. A full chunk is split there; where the clock fits into neither half it gets a chunk of its own. */
    private void insertLate(Row row, long[] clock, int processes) {
        Chunk chunk = chunks[atChunk];
        if (!chunk.hasRoom() || !chunk.fits(row.counter, clock, processes)) {
            splitAtCursor();
            chunk = chunks[atChunk];
            if (atRow != chunk.endRow() || !chunk.hasRoom() || !chunk.fits(row.counter, clock, processes)) {
                boolean atBegin = atRow == chunk.firstRow();
                add(atBegin ? atChunk : atChunk + 1, pool.take(processes));
                atChunk += atBegin ? 0 : 1;
                chunk = chunks[atChunk];
                atRow = 0;
            }
        }
        long before = chunk.bytes();
        chunk.insert(atRow, row, clock, processes);
        pool.grown(chunk.bytes() - before);
    }

    /** Unless the cursor is at an end of its chunk, moves what follows it into a new one. */
    private void splitAtCursor() {
        Chunk chunk = chunks[atChunk];
        if (atRow > chunk.firstRow() && atRow < chunk.endRow()) {
            Chunk rest = pool.take(chunk.width());
            long before = rest.bytes();
            chunk.split(atRow, rest);
            pool.grown(rest.bytes() - before);
            add(atChunk + 1, rest);
        }
    }

    /** Takes out the event with this counter, which is there. */
    void remove(long counter) {
        if (chunks[start].firstCounter() == counter) {
            atChunk = start;
            atRow = chunks[start].firstRow();
        } else {
            locate(counter);
        }
        Chunk chunk = chunks[atChunk];
        chunk.remove(atRow);
        held.remove(counter);
        size--;
        if (chunk.size() == 0) {
            pool.give(chunk);
            if (atChunk == start) {
                chunks[start++] = null;
            } else {
                System.arraycopy(chunks, atChunk + 1, chunks, atChunk, end - atChunk - 1);
                chunks[--end] = null;
            }
        }
    }

    /** Copies the clock of the last event, which is there. */
    void lastClock(long[] to, int processes) {
        Chunk last = chunks[end - 1];
        last.clock(last.endRow() - 1, to, processes);
    }

    /** No clock names the process any more. */
    void forget(int process) {
        for (int i = start; i < end; i++) {
            chunks[i].forget(process);
        }
    }

    private void add(int index, Chunk chunk) {
        int at = index;
        if (end == chunks.length) {
            int size = end - start;
            Chunk[] moved = size > end / 2 ? new Chunk[2 * end] : chunks;
            System.arraycopy(chunks, start, moved, 0, size);
            Arrays.fill(moved, size, Math.max(size, moved == chunks ? end : size), null);
            at -= start;
            atChunk -= start;
            chunks = moved;
            start = 0;
            end = size;
        }
        System.arraycopy(chunks, at, chunks, at + 1, end - at);
        chunks[at] = chunk;
        end++;
    }
}
