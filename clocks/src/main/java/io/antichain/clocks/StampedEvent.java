package io.antichain.clocks;

/**
 * An event with its vector clock: all that is needed to tell what it happened before, after, or could not know of.
 *
 * <p>The clock is the event's own, taken as it was published: its entry for the event's process is the event's counter
 * (Mattern, "Virtual Time and Global States of Distributed Systems", 1988, section 5).
 *
 * <pre>{@code
 * StampedEvent sent = StampedEvent.of("a:1", "{a=1}"), heard = StampedEvent.of("b:1", "{a=1, b=1}");
 * assert sent.order(heard) == CausalOrder.BEFORE;
 * }</pre>
 *
 * @param dot the event's identity
 * @param clock its vector clock, whose own entry is the dot's counter
 */
public record StampedEvent(Dot dot, VectorClock clock) {
    public StampedEvent {
        requireOwnEntry(dot, clock);
    }

    /** @throws IllegalArgumentException if the clock's own entry is not the dot's counter */
    static void requireOwnEntry(Dot dot, VectorClock clock) {
        if (clock.get(dot.process()) != dot.counter()) {
            throw new IllegalArgumentException("A clock's own entry is the event's counter: event=" + dot + ", entry="
                    + clock.get(dot.process()) + "; stamp the event with the clock that its tick gave");
        }
    }

    /**
     * Reads the written forms of both back: {@code of("b:1", "{a=1, b=1}")}.
     *
     * @throws IllegalArgumentException if either is not a written form, or the own entry is not the counter
     */
    public static StampedEvent of(String dot, String clock) {
        return new StampedEvent(Dot.parse(dot), VectorClock.parse(clock));
    }

    /** How this event relates to {@code other}: two look-ups, whatever the clocks' width. */
    public CausalOrder order(StampedEvent other) {
        return CausalOrder.between(dot, clock, other.dot, other.clock);
    }

    /** The written form: {@code b:1 {a=1, b=1}}. */
    @Override
    public String toString() {
        return dot + " " + clock;
    }
}
