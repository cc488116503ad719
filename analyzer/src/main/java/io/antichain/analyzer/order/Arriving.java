package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import java.util.Map;
import java.util.Optional;

/**
 * A record that is being placed.
 *
 * @param event what it says; it has a vector clock
 * @param partition where it stands
 * @param offset where in the partition
 */
record Arriving(Event event, int partition, long offset) {
    boolean isEvent() {
        return event.kind() == Event.Kind.MESSAGE;
    }

    EventRef reference() {
        return new EventRef(
                new Dot(event.process(), event.counter()),
                partition,
                offset,
                event.clock().orElseThrow(),
                event.lamport(),
                event.publishedAtMs());
    }

    Anomaly anomaly(Anomaly.Kind kind, String sentence, Map<String, String> evidence) {
        Optional<EventRef> reference = event.counter() == 0 ? Optional.empty() : Optional.of(reference());
        return new Anomaly(kind, reference, sentence, evidence);
    }

    /** 64 bits of the content, so that a repeated event is told from a reused dot without keeping payloads. */
    long fingerprint(long[] clock, int processes) {
        long hash = 31L * event.key().hashCode() + event.payload().hashCode();
        hash = 0x9E3779B97F4A7C15L * (hash ^ event.payload().length());
        for (int k = 0; k < processes; k++) {
            hash += clock[k] * (0x9E3779B97F4A7C15L * (2L * k + 1)); // what is 0 counts nothing: names may be added
        }
        return hash;
    }
}
