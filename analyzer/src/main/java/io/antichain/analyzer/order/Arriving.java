package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import java.util.Map;
import java.util.Optional;

/**
 * An event that is being placed.
 *
 * @param message what it says; its event has a vector clock
 * @param sources what the partition's number means
 * @param partition the number of the partition it stands in
 * @param offset where in that partition
 * @param readOffset where it was read: there, or in a topic that brings sources together
 */
record Arriving(Message message, SourcePartitions sources, int partition, long offset, long readOffset) {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long FACTOR_TWICE = 0x3C6EF372FE94F82AL;

    Event event() {
        return message.event();
    }

    long counter() {
        return event().counter();
    }

    EventRef reference() {
        return reference(event().clock().orElseThrow());
    }

    /** @param clock the event's, with what its process left out */
    EventRef reference(VectorClock clock) {
        Event event = event();
        return new EventRef(event.dot(), at(), clock, event.lamport(), event.publishedAtMs());
    }

    private Position at() {
        return sources.named().get(partition).at(offset);
    }

    Anomaly anomaly(Anomaly.Kind kind, String sentence, Map<String, String> evidence) {
        return new Anomaly(kind, Optional.of(reference()), sentence, evidence);
    }

    Dot dot() {
        return event().dot();
    }

    /**
     * 64 bits of key, content, clock and Lamport timestamp.
     *
     * @param clock by process number
     */
    long fingerprint(long[] clock, int processes) {
        Event event = event();
        long hash = ContentHash.mixed(message.content() + event.lamport().value() * FACTOR);
        hash = event.key().isPresent() ? ContentHash.of(event.key().get(), hash) : hash;
        long factor = FACTOR;
        for (int k = 0; k < processes; k++) {
            hash += clock[k] * factor; // what is 0 counts nothing: names may be added
            factor += FACTOR_TWICE;
        }
        return ContentHash.mixed(hash);
    }
}
