package io.antichain.stamping.clock;

/** What became of a stamp that was handed to a {@link SharedClock}. */
public enum StampOutcome {
    /** Its clock is merged, or was known already. */
    DELIVERED,
    /**
     * An entry runs more than {@link SharedClock#MAX_JUMP} events ahead of what was heard, and no other event has claimed as much:
     * the clock is as it was. A second event that claims it is believed, so that a long pause has a way back.
     */
    TOO_FAR,
    /** The clock would name more than 1,000 processes: it is as it was. */
    TOO_WIDE,
    /** The stamp is of another life of this process's name that knows this life: two are alive at once. It is merged. */
    SECOND_LIFE,
    /** The stamp claims more events of this very process than it has published: it is merged, so no such number is used again. */
    SECOND_SELF
}
