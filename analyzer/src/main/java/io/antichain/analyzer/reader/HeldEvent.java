package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import java.util.Optional;

/**
 * An event as the view holds it. Its clock shares the processes with all clocks of the same width, so that it takes 8 bytes
 * an entry.
 */
public final class HeldEvent implements Recent.Sized {
    /** A longer payload is cut after so many characters. */
    public static final int MAX_PAYLOAD_LENGTH = 1_000;

    private static final int BYTES_WITHOUT_TEXT = 250;
    private static final int BYTES_A_KEY = 300;

    private final StampedEvent stamped;
    private final Event event;
    private final boolean payloadCut;
    private final Position position;
    private final long logTimeMs;
    private long seq;

    /** Invariant: greater than that of every event held that happened before this one; never falls. */
    private int depth;

    HeldEvent(Event event, Position position, long logTimeMs) {
        this.stamped = new StampedEvent(event.dot(), event.clock().orElseThrow());
        this.payloadCut = event.payload().length() > MAX_PAYLOAD_LENGTH;
        this.event = payloadCut ? withPayload(event, cut(event.payload(), MAX_PAYLOAD_LENGTH)) : event;
        this.position = position;
        this.logTimeMs = logTimeMs;
    }

    /** The same, with the number of its arrival. */
    HeldEvent numbered(long number) {
        seq = number;
        return this;
    }

    /** The number of its arrival. */
    public long seq() {
        return seq;
    }

    public Dot dot() {
        return stamped.dot();
    }

    public VectorClock clock() {
        return stamped.clock();
    }

    StampedEvent stamped() {
        return stamped;
    }

    /** The event; its payload is {@linkplain #payloadCut cut} if it was too long. */
    public Event event() {
        return event;
    }

    /** Whether the payload was longer. */
    public boolean payloadCut() {
        return payloadCut;
    }

    public Position position() {
        return position;
    }

    HeldAnomaly.Sighting sighting() {
        return new HeldAnomaly.Sighting(dot(), position);
    }

    /** Log time of its record, ms since 1970 UTC. */
    long logTimeMs() {
        return logTimeMs;
    }

    /**
     * One more than the greatest depth of the events in view that happened before it; 1 if there are none. An event keeps
     * the depth that it had when more was in view.
     */
    public int depth() {
        return depth;
    }

    void deepen(int atLeast) {
        depth = Math.max(depth, atLeast);
    }

    EventRef reference() {
        return new EventRef(dot(), position, clock(), event.lamport(), event.publishedAtMs());
    }

    @Override
    public long bytes() {
        long forKey = event.key().map(key -> BYTES_A_KEY + 2L * key.length()).orElse(0L);
        return BYTES_WITHOUT_TEXT + 8L * clock().size() + 2L * event.payload().length() + forKey;
    }

    /** The first characters of its payload, at most so many. */
    String beginning(int length) {
        return event.payload().length() > length ? cut(event.payload(), length) : event.payload();
    }

    /** Not in the middle of a character. */
    private static String cut(String payload, int length) {
        boolean splits = Character.isHighSurrogate(payload.charAt(length - 1));
        return payload.substring(0, length - (splits ? 1 : 0));
    }

    private static Event withPayload(Event event, String payload) {
        return new Event(
                event.process(),
                event.counter(),
                Optional.of(event.clock().orElseThrow()),
                event.lamport(),
                event.key(),
                payload,
                event.publishedAtMs(),
                event.kind());
    }
}
