package io.antichain.analyzer.topology;

/** The committed past of the events topic, read again when a task starts. */
interface EventLog {
    /** Takes the records of a replay in offset order. */
    @FunctionalInterface
    interface Reader {
        void read(long offset, long timestampMs, byte[] value);
    }

    /**
     * Reads the committed records of {@code partition} from the oldest that is kept up to, not including, {@code endOffset}.
     */
    void replay(String topic, int partition, long endOffset, Reader reader);
}
