package io.antichain.cli.doctor;

/**
 * Where a record stands in its topic, and when.
 *
 * @param timestampMs the record's timestamp, ms since 1970 UTC
 */
public record RecordPlace(int partition, long offset, long timestampMs) {
    /** As findings write it. */
    @Override
    public String toString() {
        return "partition " + partition + " offset " + offset;
    }
}
