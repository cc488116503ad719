package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The partitions an engine reads: how far it has read each, in offsets and in log time, and which of the records that it may
 * be told again were refused.
 */
final class Partitions {
    private final int[] ids;
    private final long[] positions;
    private final long[] timesMs;
    private final Intervals[] refused;

    Partitions(int... ids) {
        this.ids = ids.clone();
        this.positions = new long[ids.length];
        this.timesMs = new long[ids.length];
        this.refused = new Intervals[ids.length];
        Arrays.setAll(refused, at -> new Intervals());
    }

    int count() {
        return ids.length;
    }

    /** Where the partition stands among the engine's. */
    int indexOf(int partition) {
        for (int at = 0; at < ids.length; at++) {
            if (ids[at] == partition) {
                return at;
            }
        }
        throw new IllegalArgumentException("An engine does not read this partition: partition=" + partition
                + ", partitions=" + Arrays.toString(ids) + "; give it one of these");
    }

    /** The offset of the next record to come from the {@code at}-th partition, or less. */
    long position(int at) {
        return positions[at];
    }

    void pass(int at, long offset) {
        positions[at] = Math.max(positions[at], offset + 1);
    }

    void advance(int at, long offset, long logTimeMs) {
        positions[at] = offset + 1;
        timesMs[at] = Math.max(timesMs[at], logTimeMs);
    }

    /** The log time that every partition has reached, in ms. */
    long timeMs() {
        long least = timesMs[0];
        for (long timeMs : timesMs) {
            least = Math.min(least, timeMs);
        }
        return least;
    }

    void refuse(int at, long offset) {
        refused[at].add(offset);
    }

    boolean wasRefused(int at, long offset) {
        int index = refused[at].indexOf(offset);
        return index < refused[at].end() && refused[at].first(index) <= offset;
    }

    /** Records before this offset will not be told again. */
    void forgetRefused(int at, long before) {
        refused[at].removeUpTo(before - 1);
    }

    void write(FrontierWriter out) {
        out.number(ids.length);
        for (int at = 0; at < ids.length; at++) {
            out.number(ids[at]);
            out.number(positions[at]);
            out.number(timesMs[at]);
            refused[at].write(out);
        }
    }

    static Partitions read(FrontierReader in) {
        int count = in.count();
        Partitions read = new Partitions(new int[count]);
        for (int at = 0; at < count; at++) {
            read.ids[at] = in.count();
            read.positions[at] = in.number();
            read.timesMs[at] = in.number();
            read.refused[at].read(in);
        }
        return read;
    }
}
