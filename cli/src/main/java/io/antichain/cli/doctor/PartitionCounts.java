package io.antichain.cli.doctor;

/** What was read of one partition, in offset order. */
final class PartitionCounts {
    private final long oldestOffset;
    private long records;
    private boolean hasStamped;
    private long firstMs;
    private long latestMs;

    /** @param oldestOffset that of its oldest record; above 0 if others were deleted before it */
    PartitionCounts(long oldestOffset) {
        this.oldestOffset = oldestOffset;
    }

    /** Takes note of a record, and returns how far its timestamp lies behind the latest before it, ms, 0 or more. */
    long add(RecordPlace place) {
        if (records++ == 0) {
            firstMs = place.timestampMs();
            latestMs = place.timestampMs();
        }
        long behindMs = Math.max(0, latestMs - place.timestampMs());
        latestMs = Math.max(latestMs, place.timestampMs());
        return behindMs;
    }

    void stamped() {
        hasStamped = true;
    }

    boolean hasStamped() {
        return hasStamped;
    }

    /** Whether records were deleted, and what is kept is less than an analyzer with this window would hold. */
    boolean isCutWithin(Thresholds thresholds) {
        return oldestOffset > 0
                && records > 0
                && records < thresholds.window()
                && latestMs - firstMs < thresholds.windowTimeMs();
    }

    long oldestOffset() {
        return oldestOffset;
    }

    /** From the first record's timestamp to the latest, ms. */
    long spanMs() {
        return latestMs - firstMs;
    }
}
