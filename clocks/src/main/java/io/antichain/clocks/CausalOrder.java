package io.antichain.clocks;

/**
 * The outcome of comparing two events, or two vector clocks. There are always four, so this is no {@code Comparable}.
 *
 * <p>Happened-before is the smallest relation that holds between consecutive events of a process, from the sending of a
 * message to everything its receiver does later, and is transitive (Lamport, "Time, Clocks, and the Ordering of Events
 * in a Distributed System", 1978).
 *
 * <pre>{@code
 * VectorClock a = VectorClock.parse("{a=2, b=1}"), b = VectorClock.parse("{a=1, b=2}");
 * assert a.compare(b) == CausalOrder.CONCURRENT && a.compare(a.merge(b)) == CausalOrder.BEFORE;
 * }</pre>
 */
public enum CausalOrder {
    /** The same event, or clocks with the same entries. */
    EQUAL,
    /** The first happened before the second. */
    BEFORE,
    /** The second happened before the first. */
    AFTER,
    /** Neither happened before the other, and they are not the same: neither could have known of the other. */
    CONCURRENT;

    // By whether the second has something that the first lacks (2), and the first what the second lacks (1). A look-up,
    // since which outcome it is cannot be predicted.
    private static final CausalOrder[] BY_EXCESS = {EQUAL, AFTER, BEFORE, CONCURRENT};

    /**
     * Compares two stamped events: one look-up in each direction, whatever the clocks' width.
     *
     * <p>a happened before b iff {@code clockOfB.get(a.process()) >= a.counter()} and a is not b (Schwarz and Mattern,
     * "Detecting Causal Relationships in Distributed Computations", 1994, section 3). Both clocks must be those of their
     * events: {@code clock.get(dot.process()) == dot.counter()}.
     */
    public static CausalOrder between(Dot a, VectorClock clockOfA, Dot b, VectorClock clockOfB) {
        if (a.equals(b)) {
            return EQUAL;
        }
        return of(clockOfB.includes(a), clockOfA.includes(b));
    }

    /** The same outcome seen from the other side. */
    public CausalOrder reversed() {
        return switch (this) {
            case EQUAL -> EQUAL;
            case BEFORE -> AFTER;
            case AFTER -> BEFORE;
            case CONCURRENT -> CONCURRENT;
        };
    }

    static CausalOrder of(boolean firstIncludedInSecond, boolean secondIncludedInFirst) {
        return BY_EXCESS[(secondIncludedInFirst ? 0 : 2) + (firstIncludedInSecond ? 0 : 1)];
    }

    /**
     * @param less negative if the first has an entry less than the second
     * @param greater negative if it has a greater one
     */
    static CausalOrder ofSigns(long less, long greater) {
        return BY_EXCESS[(int) (less >>> 63 << 1 | greater >>> 63)];
    }
}
