package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Position;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An anomaly as the view holds it.
 *
 * @param seq the number of its arrival
 * @param anomaly what is wrong
 * @param atMs log time, ms since 1970 UTC
 */
public record HeldAnomaly(long seq, Anomaly anomaly, long atMs) implements Recent.Sized {
    private static final Set<Anomaly.Kind> REFUSALS = EnumSet.of(
            Anomaly.Kind.DOT_REUSED,
            Anomaly.Kind.CLOCK_REGRESSED,
            Anomaly.Kind.CLOCK_TOO_FAR,
            Anomaly.Kind.CLOCK_TOO_WIDE,
            Anomaly.Kind.OWN_ENTRY_MISMATCH);

    /** A record that carries an event, as anomalies name it: a dot can stand in several. */
    record Sighting(Dot dot, Position at) {}

    /** The record that the analyzer refused; empty where the anomaly only reports. */
    Optional<Sighting> refused() {
        return anomaly.event()
                .filter(event -> REFUSALS.contains(anomaly.kind()))
                .map(event -> new Sighting(event.dot(), event.at()));
    }

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
