package io.antichain.analyzer.order;

import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.Optional;

/**
 * A record as the engine takes it.
 *
 * @param event what it says of itself; the payload does not matter
 * @param content the hash of what it says beside its key and stamp
 * @param mayLeaveNumbersOut whether its process may leave numbers out, as stamping clients do where a send fails, and may
 *     publish in topics that are not read: then nothing is missing where a number is
 * @param at where it stands, if the record read is one of a topic that brings sources together; empty if it stands there
 * @param traits what conditions on pairs need to know of it; empty if there are none
 */
public record Message(
        Event event, long content, boolean mayLeaveNumbersOut, Optional<Position> at, Optional<Traits> traits) {
    /** One that stands where it is read, without conditions on pairs. */
    public Message(Event event, long content, boolean mayLeaveNumbersOut) {
        this(event, content, mayLeaveNumbersOut, Optional.empty(), Optional.empty());
    }

    /** An event of a process that numbers its messages without a hole, which says no more than its payload. */
    public static Message of(Event event) {
        return new Message(event, ContentHash.of(event.payload()), false);
    }

    /** The same, with what conditions on pairs need to know of it. */
    public Message with(Traits found) {
        return new Message(event, content, mayLeaveNumbersOut, at, Optional.of(found));
    }
}
