package io.antichain.clocks;

/**
 * A Lamport timestamp: a number that is greater for every event than for all that happened before it.
 *
 * <p>The reverse does not hold: a smaller timestamp proves nothing. Different timestamps can never show that two events are
 * concurrent. Source: Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978), rules IR1, IR2.
 *
 * <pre>{@code
 * LamportTimestamp own = new LamportTimestamp(3), received = new LamportTimestamp(7);
 * assert own.deliver(received, ReceiveRule.MERGE).tick().value() == 8;
 * }</pre>
 *
 * @param value 0 before anything happened, then up to {@link #MAX_VALUE}
 */
public record LamportTimestamp(long value) {
    /** The greatest timestamp, 2^53 − 1: beyond it JSON readers lose exactness. */
    public static final long MAX_VALUE = Dot.MAX_COUNTER;

    /** The timestamp of a process that has neither published nor delivered anything. */
    public static final LamportTimestamp ZERO = new LamportTimestamp(0);

    public LamportTimestamp {
        if (value < 0 || value > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A Lamport timestamp is 0 to 2^53 - 1: lamport=" + value + "; the sender's clock is broken");
        }
    }

    /** The timestamp of the next event of a process whose timestamp is this (rule IR1). */
    public LamportTimestamp tick() {
        return new LamportTimestamp(value + 1);
    }

    /** The timestamp after a message stamped {@code received} is delivered (rule IR2), before the next own event. */
    public LamportTimestamp deliver(LamportTimestamp received, ReceiveRule rule) {
        long maximum = Math.max(value, received.value);
        return switch (rule) {
            case MERGE -> new LamportTimestamp(maximum);
            case TICK -> new LamportTimestamp(maximum + 1);
        };
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
