package io.antichain.schemas;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Optional;

/**
 * One record of the events topic: a published message with its stamp, or a sign of life that is no event of the order.
 *
 * <ol>
 *   <li>A MESSAGE's counter is at least 1; a HEARTBEAT's and a LEAVE's is the process's own entry, 0 before its first event.
 *   <li>An honest record's clock has the counter as its own entry. That is for {@link Gateway} to doubt, not for this type.
 * </ol>
 *
 * @param process the process that published it
 * @param counter its number within the process, 0 to 2^53 − 1
 * @param clock the vector clock, empty if the node keeps a Lamport timestamp alone
 * @param lamport the Lamport timestamp
 * @param key what the message is about, if anything; at most {@link #MAX_KEY_LENGTH} UTF-16 code units
 * @param payload the message; empty in a HEARTBEAT or LEAVE
 * @param publishedAtMs wall clock of the publishing node, ms since 1970 UTC; decides nothing
 * @param kind whether it is an event at all
 */
public record Event(
        ProcessId process,
        long counter,
        Optional<VectorClock> clock,
        LamportTimestamp lamport,
        Optional<String> key,
        String payload,
        long publishedAtMs,
        Kind kind) {

    /** The longest key, in UTF-16 code units: a conflict record has it twice, beside two clocks. */
    public static final int MAX_KEY_LENGTH = 30_000;

    /** What a record of the events topic is. */
    public enum Kind {
        /** An event of the order. */
        MESSAGE,
        /** The process's current clock again; no event. */
        HEARTBEAT,
        /** The last record of an orderly stop, with the process's last clock; no event. */
        LEAVE
    }

    public Event {
        if (counter < (kind == Kind.MESSAGE ? 1 : 0) || counter > Dot.MAX_COUNTER) {
            throw new IllegalArgumentException("A message's counter is 1 to 2^53 - 1, a heartbeat's may be 0: process="
                    + process + ", counter=" + counter + ", kind=" + kind + "; the sender is broken");
        }
        if (key.isPresent() && key.get().length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("A message's key has at most " + MAX_KEY_LENGTH + " characters: process="
                    + process + ", counter=" + counter + ", length=" + key.get().length()
                    + "; put what is long into the payload");
        }
    }

    /** The event's identity; only a MESSAGE has one. */
    public Dot dot() {
        return new Dot(process, counter);
    }
}
