package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;

/**
 * The keys of a clock's entries as Avro has them. Clocks that a process sends mostly name the processes that its last one named, so
 * the bytes of all keys are known before they are read: then they are compared, and not parsed.
 *
 * <p>Remembered for {@value #PLACES} senders and sizes at a time, without bookkeeping: each has a place, and takes it from whoever had
 * it. Memory: of each the clock, and its keys' bytes with 4 more an entry; a clock of more than {@value #MOST_ENTRIES} entries, or with
 * more than {@value #MOST_BYTES} bytes of keys, is not remembered, as it may be anything. Threads may race for a place; as what stands
 * there is never written to, the loser parses again.
 */
final class ClockKeys {
    private static final int PLACES = 64;
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 1 << 16;
    private static final byte[] END = {0};
    private static final ClockKeys[] KNOWN = new ClockKeys[PLACES];

    // Invariant: the key of an entry, its length before it, is what lies between the end of the one before and its own
    // end.
    private final VectorClock clock;
    private final byte[] bytes;
    private final int[] ends;

    private ClockKeys(VectorClock clock, byte[] bytes, int[] ends) {
        this.clock = clock;
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Reads a clock whose map of entries has begun, if its keys are the known ones.
     *
     * @param sender whose clock it is
     * @param size how many entries the map's first block has
     * @return null if they are not, and where a clock may not be as it is; then nothing was read
     */
    static VectorClock read(BytesDecoder in, ProcessId sender, int size) {
        ClockKeys known = KNOWN[place(sender, size)];
        return known == null || known.ends.length != size ? null : known.read(in);
    }

    private VectorClock read(BytesDecoder in) {
        int mark = in.position();
        long[] counters = new long[ends.length];
        int from = 0;
        for (int i = 0; i < counters.length; i++) {
            if (!in.skip(bytes, from, ends[i])) {
                in.back(mark);
                return null;
            }
            from = ends[i];
            counters[i] = in.readLong();
            if (counters[i] < 1 || counters[i] > Dot.MAX_COUNTER) {
                in.back(mark);
                return null;
            }
        }
        if (!in.skip(END, 0, END.length)) {
            in.back(mark);
            return null;
        }
        return clock.withCounters(counters);
    }

    /** Remembers the processes of a clock, unless that would take much. */
    static void remember(ProcessId sender, VectorClock clock) {
        if (clock.size() > MOST_ENTRIES) {
            return;
        }
        BytesEncoder out = new BytesEncoder(new byte[0], 16 * clock.size());
        int[] ends = new int[clock.size()];
        int[] size = {0};
        clock.forEach((process, counter) -> {
            out.writeString(process.toString());
            ends[size[0]++] = out.size();
        });
        if (out.size() <= MOST_BYTES) {
            KNOWN[place(sender, clock.size())] = new ClockKeys(clock, out.toBytes(), ends);
        }
    }

    private static int place(ProcessId sender, int size) {
        int hash = 31 * sender.hashCode() + size;
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
