package io.antichain.analyzer.order;

import java.util.ArrayDeque;

/** Hands out chunks, takes them back to use them again, and counts the bytes of those that are out. */
final class ChunkPool {
    private static final int MOST_SPARE = 64;

    private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
    private int width;
    private long bytes;

    /** An empty chunk whose rows have room for so many processes. */
    Chunk take(int processes) {
        int wanted = roundedUp(processes);
        if (wanted > width) {
            width = wanted;
            spare.clear();
        }
        Chunk chunk = wanted < width || spare.isEmpty() ? new Chunk(wanted) : spare.pop();
        bytes += chunk.bytes();
        return chunk;
    }

    /** To the next multiple of 4, or of a sixteenth: processes join one by one, and each new width begins new chunks. */
    private static int roundedUp(int processes) {
        int step = Math.max(4, Integer.highestOneBit(processes) / 16);
        return (processes + step - 1) / step * step;
    }

    void give(Chunk chunk) {
        bytes -= chunk.bytes();
        if (chunk.width() == width && spare.size() < MOST_SPARE) {
            chunk.clear();
            spare.push(chunk);
        }
    }

    /** A chunk that is out takes so many bytes more. */
    void grown(long more) {
        bytes += more;
    }

    /** The bytes of the chunks that are out. */
    long bytes() {
        return bytes;
    }
}
