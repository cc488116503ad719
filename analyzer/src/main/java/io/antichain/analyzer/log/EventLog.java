package io.antichain.analyzer.log;

import java.util.List;
import org.apache.kafka.common.header.Headers;

/** The committed past of the events topics, read again when a task starts. Calls may take as long as the broker does. */
public interface EventLog {
    /**
     * A committed record.
     *
     * @param offset where it stands
     * @param timestampMs log time, ms since 1970 UTC
     * @param key as read, null if it has none
     * @param value as read, null if it has none
     */
    record Logged(long offset, long timestampMs, byte[] key, byte[] value, Headers headers) {}

    /** One partition, being read. */
    interface Reading extends AutoCloseable {
        /** The next records, in offset order; empty if none came within half a second. */
        List<Logged> next();

        /** The offset after what was read: also past transaction markers and aborted records. */
        long position();

        @Override
        void close();
    }

    /** Begins to read committed records of a partition at {@code fromOffset}. */
    Reading read(String topic, int partition, long fromOffset);

    /** The offset of the oldest record that a partition still holds. */
    long earliest(String topic, int partition);

    /** The offset after the newest record that a partition holds, committed or not. */
    long end(String topic, int partition);

    /** The offset up to which the analyzer's results are committed: that of the next record to process; 0 if there are none. */
    long committed(String topic, int partition);
}
