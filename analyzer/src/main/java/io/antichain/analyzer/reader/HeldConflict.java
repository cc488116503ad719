package io.antichain.analyzer.reader;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;

/**
 * A conflict record as the view holds it.
 *
 * @param seq the number of its arrival
 * @param conflict the record
 * @param atMs log time of its event, ms since 1970 UTC
 */
public record HeldConflict(long seq, Conflict conflict, long atMs) implements Recent.Sized {
    private static final int BYTES_WITHOUT_LISTS = 300;
    private static final int BYTES_A_REFERENCE = 150;
    private static final int BYTES_A_RUN = 80;
    private static final int BYTES_A_DOT = 32;
    private static final long BYTES_A_COUNTER = 24;

    @Override
    public long bytes() {
        long bytes = BYTES_WITHOUT_LISTS
                + bytes(conflict.event())
                + (long) BYTES_A_RUN * conflict.runs().size()
                + (long) BYTES_A_DOT * conflict.resolves().size()
                + 2L * conflict.key().map(String::length).orElse(0);
        for (Run run : conflict.runs()) {
            bytes += BYTES_A_COUNTER * run.counters().size();
        }
        for (EventRef sibling : conflict.siblings()) {
            bytes += bytes(sibling);
        }
        return bytes;
    }

    static long bytes(EventRef event) {
        return BYTES_A_REFERENCE + 8L * event.clock().size();
    }
}
