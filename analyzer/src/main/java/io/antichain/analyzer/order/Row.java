package io.antichain.analyzer.order;

/** What is kept of an event beside its clock. One instance serves many events. */
final class Row {
    long counter;
    int partition;
    long offset;
    long fingerprint;

    void set(long newCounter, int newPartition, long newOffset, long newFingerprint) {
        counter = newCounter;
        partition = newPartition;
        offset = newOffset;
        fingerprint = newFingerprint;
    }
}
