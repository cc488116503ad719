package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import java.util.Map;
import java.util.Optional;

/**
 * An event that is being placed.
 *
 * @param event what it says; it has a vector clock
 * @param partition where it stands
 * @param offset where in the partition
 */
record Arriving(Event event, int partition, long offset) {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long FACTOR_TWICE = 0x3C6EF372FE94F82AL;
    // A factor and its powers, modulo 2^64.
    private static final long TEXT_FACTOR = 0x5851F42D4C957F2DL;
    private static final long TEXT_FACTOR_2 = 0x685F98A2018FADE9L;
    private static final long TEXT_FACTOR_3 = 0xB046976F22528F5L;
    private static final long TEXT_FACTOR_4 = 0xFB4D3AE39272BE11L;

    long counter() {
        return event.counter();
    }

    EventRef reference() {
        return new EventRef(
                event.dot(), partition, offset, event.clock().orElseThrow(), event.lamport(), event.publishedAtMs());
    }

    Anomaly anomaly(Anomaly.Kind kind, String sentence, Map<String, String> evidence) {
        return new Anomaly(kind, Optional.of(reference()), sentence, evidence);
    }

    Dot dot() {
        return event.dot();
    }

    /**
     * 64 bits of key, payload, clock and Lamport timestamp, so that a repeated event is told from a reused dot without
     * keeping payloads. Not for those who forge on purpose.
     *
     * @param clock by process number
     */
    long fingerprint(long[] clock, int processes) {
        long hash = mixed(text(event.payload(), event.lamport().value()));
        hash = event.key().isPresent() ? mixed(text(event.key().get(), hash)) : hash;
        long factor = FACTOR;
        for (int k = 0; k < processes; k++) {
            hash += clock[k] * factor; // what is 0 counts nothing: names may be added
            factor += FACTOR_TWICE;
        }
        return mixed(hash);
    }

    /** A polynomial of the characters, four at a time. */
    private static long text(String text, long seed) {
        long hash = seed * FACTOR + text.length();
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            hash = hash * TEXT_FACTOR_4
                    + text.charAt(i) * TEXT_FACTOR_3
                    + text.charAt(i + 1) * TEXT_FACTOR_2
                    + text.charAt(i + 2) * TEXT_FACTOR
                    + text.charAt(i + 3);
        }
        for (; i < length; i++) {
            hash = hash * TEXT_FACTOR + text.charAt(i);
        }
        return hash;
    }

    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 33)) * FACTOR;
        hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        return hash ^ (hash >>> 32);
    }
}
