package io.antichain.clocks;

/**
 * What a message says of its place in the order: its dot, vector clock and Lamport timestamp.
 *
 * <p>Any record carries it in the header {@link StampHeader#NAME}, whatever its value is.
 *
 * @param dot the event's identity
 * @param clock its vector clock, whose own entry is the dot's counter
 * @param lamport its Lamport timestamp, which proves no order by itself
 */
public record Stamp(Dot dot, VectorClock clock, LamportTimestamp lamport) {
    public Stamp {
        StampedEvent.requireOwnEntry(dot, clock);
    }

    /** The event without its timestamp: all that is needed to compare it with others. */
    public StampedEvent event() {
        return new StampedEvent(dot, clock);
    }
}
