package io.antichain.analyzer.order;

/** What is kept of an event beside its clock. One instance serves many events. */
final class Row {
    long counter;
    /** The number of the partition it stands in, see {@link SourcePartitions}. */
    int partition;
    /** Where in that partition. */
    long offset;
    /** Where it was read; the same, unless it was brought together with others in a topic between. */
    long readOffset;

    long fingerprint;
    /** Null if there are no conditions on pairs. */
    Traits traits;

    void set(Arriving record, long newFingerprint) {
        counter = record.counter();
        partition = record.partition();
        offset = record.offset();
        readOffset = record.readOffset();
        fingerprint = newFingerprint;
        traits = record.message().traits().orElse(null);
    }
}
