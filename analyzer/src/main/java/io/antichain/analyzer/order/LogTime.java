package io.antichain.analyzer.order;

/**
 * What log time it is: the least time of the last 16 to 31 records, so that single records with a time far ahead, as clients
 * with a wrong clock write them, make nothing old.
 */
final class LogTime {
    private static final int GROUP = 16;

    private long previousMs = Long.MAX_VALUE;
    private long groupMs = Long.MAX_VALUE;
    private int count;

    void tell(long timeMs) {
        if (count == GROUP) {
            previousMs = groupMs;
            groupMs = Long.MAX_VALUE;
            count = 0;
        }
        groupMs = Math.min(groupMs, timeMs);
        count++;
    }

    /** In ms since 1970 UTC; after the first record. */
    long nowMs() {
        return Math.min(previousMs, groupMs);
    }

    void write(FrontierWriter out) {
        out.number(previousMs);
        out.number(groupMs);
        out.number(count);
    }

    void read(FrontierReader in) {
        previousMs = in.number();
        groupMs = in.number();
        count = in.count();
    }
}
