package io.antichain.analyzer.order;

import io.antichain.schemas.Event;

/**
 * A record as the engine takes it.
 *
 * @param event what it says of itself; the payload does not matter
 * @param content the hash of what it says beside its key and stamp
 * @param mayLeaveNumbersOut whether its process may leave numbers out, as stamping clients do where a send fails, and may
 *     publish in topics that are not read: then nothing is missing where a number is
 */
public record Message(Event event, long content, boolean mayLeaveNumbersOut) {
    /** An event of a process that numbers its messages without a hole, which says no more than its payload. */
    public static Message of(Event event) {
        return new Message(event, ContentHash.of(event.payload()), false);
    }
}
