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

    long lamport;
    long publishedAtMs;
    /** The number of its key in the {@link KeyTable}, {@link KeyTable#NONE} if it has none. */
    int key;
    /** Whether it is a sibling. */
    boolean isSibling;
    /** The row of the event of this key that arrived before; of the first that is held, any. */
    int before;

    void set(Arriving record, long newFingerprint) {
        counter = record.counter();
        partition = record.partition();
        offset = record.offset();
        readOffset = record.readOffset();
        fingerprint = newFingerprint;
        traits = record.message().traits().orElse(null);
        lamport = record.event().lamport().value();
        publishedAtMs = record.event().publishedAtMs();
        key = KeyTable.NONE;
        isSibling = false;
    }
}
