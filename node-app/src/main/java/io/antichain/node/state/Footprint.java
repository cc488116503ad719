package io.antichain.node.state;

import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.Optional;

/** What is held takes about so much memory: an estimate from above, by which everything that is held is bounded. */
public final class Footprint {
    private static final long OBJECT_BYTES = 200;
    private static final long CHAR_BYTES = 2;
    private static final long ENTRY_BYTES = 16;

    private Footprint() {}

    /** Of a message: a constant, its key and payload, and the entries of its clock. */
    public static long bytes(Event event) {
        return bytes(event.key(), event.payload())
                + ENTRY_BYTES * event.clock().map(VectorClock::size).orElse(0);
    }

    /** Of a message that is not stamped yet. */
    public static long bytes(Optional<String> key, String payload) {
        return OBJECT_BYTES
                + CHAR_BYTES
                        * (payload.length() + (long) key.map(String::length).orElse(0));
    }
}
