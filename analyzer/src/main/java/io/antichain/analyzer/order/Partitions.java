package io.antichain.analyzer.order;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions an engine reads, by their index: how far it has read each, in offsets and in log time, and which of the
 * records that it may be told again were refused.
 */
final class Partitions {
    private final long[] positions;
    private final long[] timesMs;
    private final Intervals[] refused;

    /** @param sources where they have their indices as numbers */
    Partitions(List<TopicPartition> partitions, SourcePartitions sources) {
        this(partitions.size());
        partitions.forEach(sources::number);
    }

    private Partitions(int count) {
        this.positions = new long[count];
        this.timesMs = new long[count];
        this.refused = new Intervals[count];
        Arrays.setAll(refused, at -> new Intervals());
    }

    int count() {
        return positions.length;
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
        out.number(count());
        for (int at = 0; at < count(); at++) {
            out.number(positions[at]);
            out.number(timesMs[at]);
            refused[at].write(out);
        }
    }

    static Partitions read(FrontierReader in) {
        Partitions read = new Partitions(in.count());
        for (int at = 0; at < read.count(); at++) {
            read.positions[at] = in.number();
            read.timesMs[at] = in.number();
            read.refused[at].read(in);
        }
        return read;
    }
}
