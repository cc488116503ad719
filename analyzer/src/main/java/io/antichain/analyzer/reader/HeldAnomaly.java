package io.antichain.analyzer.reader;

import io.antichain.schemas.Anomaly;

/**
 * An anomaly as the view holds it.
 *
 * @param seq the number of its arrival
 * @param anomaly what is wrong
 * @param atMs log time, ms since 1970 UTC
 */
public record HeldAnomaly(long seq, Anomaly anomaly, long atMs) implements Recent.Sized {
    @Override
    public long bytes() {
        long bytes = 300 + 2L * anomaly.sentence().length();
        bytes += anomaly.event().map(event -> 150 + 8L * event.clock().size()).orElse(0L);
        for (String value : anomaly.evidence().values()) {
            bytes += 150 + 2L * value.length();
        }
        return bytes;
    }
}
