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
        if (clock.get(dot.process()) != dot.counter()) {
            throw new IllegalArgumentException("A clock's own entry is the event's counter: event=" + dot + ", entry="
                    + clock.get(dot.process()) + "; stamp the event with the clock that its tick gave");
        }
    }

    /** How this event relates to {@code other}: two look-ups, whatever the clocks' width. */
    public CausalOrder order(Stamp other) {
        return CausalOrder.between(dot, clock, other.dot, other.clock);
    }
}
