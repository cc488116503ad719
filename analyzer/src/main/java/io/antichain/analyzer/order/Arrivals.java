package io.antichain.analyzer.order;

import java.util.ArrayDeque;

/**
 * The held events in the order of their arrival: process, counter and log time of each, in scope key also its key. 12 bytes an
 * event, 16 in scope key.
 */
final class Arrivals {
    private static final int BLOCK = 1_024;
    private static final long BLOCK_BYTES = 4L * 3 * BLOCK + 160;

    private static final class Block {
        final int[] processes = new int[BLOCK];
        final Column counters = new Column(BLOCK);
        final Column timesMs = new Column(BLOCK);
        final KeyHistory[] keys;

        Block(boolean keyed) {
            keys = keyed ? new KeyHistory[BLOCK] : null;
        }
    }

    private final boolean keyed;

    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private Block spare;
    private int start;
    private int end = BLOCK;
    private long size;
    private long oldestMs;

    /** @param keyed whether events have keys */
    Arrivals(boolean keyed) {
        this.keyed = keyed;
    }

    /** @param key null if it has none */
    void add(int process, long counter, long timeMs, KeyHistory key) {
        if (end == BLOCK) {
            blocks.addLast(spare == null ? new Block(keyed) : spare);
            spare = null;
            end = 0;
        }
        Block last = blocks.getLast();
        last.processes[end] = process;
        last.counters.set(end, counter, end == 0);
        last.timesMs.set(end, timeMs, end == 0);
        if (keyed) {
            last.keys[end] = key;
        }
        end++;
        if (size++ == 0) {
            oldestMs = timeMs;
        }
    }

    long size() {
        return size;
    }

    /** Of the oldest, which is there. */
    int process() {
        return blocks.getFirst().processes[start];
    }

    long counter() {
        return blocks.getFirst().counters.get(start);
    }

    long timeMs() {
        return oldestMs;
    }

    /** Null if it has none. */
    KeyHistory key() {
        return keyed ? blocks.getFirst().keys[start] : null;
    }

    void removeOldest() {
        if (keyed) {
            blocks.getFirst().keys[start] = null;
        }
        size--;
        if (++start == BLOCK) {
            start = 0;
            spare = blocks.removeFirst();
            if (blocks.isEmpty()) {
                end = BLOCK;
            }
        }
        if (size > 0) {
            oldestMs = blocks.getFirst().timesMs.get(start);
        }
    }

    /** Told of each event, the oldest first. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(int process, long counter);
    }

    void forEach(Visitor visitor) {
        int from = start;
        long left = size;
        for (Block block : blocks) {
            for (int i = from; i < BLOCK && left > 0; i++, left--) {
                if (!visitor.visit(block.processes[i], block.counters.get(i))) {
                    return;
                }
            }
            from = 0;
        }
    }

    long bytes() {
        return blocks.size() * (BLOCK_BYTES + (keyed ? 4L * BLOCK : 0));
    }
}
