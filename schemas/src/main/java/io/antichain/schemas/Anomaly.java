package io.antichain.schemas;

import java.util.Map;
import java.util.Optional;

/**
 * Something that was decoded and cannot be, or that an operator should know. The stream goes on.
 *
 * @param kind what is wrong
 * @param event the event it is about, where there is one
 * @param sentence the rule that does not hold and what was found
 * @param evidence the values that show it, by name
 */
public record Anomaly(Kind kind, Optional<EventRef> event, String sentence, Map<String, String> evidence) {

    /** What can be wrong. */
    public enum Kind {
        /** The same dot with the same content again; dropped. */
        DUPLICATE,
        /** The same dot with other content: an identity fault. */
        DOT_REUSED,
        /** An event's clock is not between those of its process's events before and after it. */
        CLOCK_REGRESSED,
        /** Two events whose clocks each claim the other; reported only. */
        CONTRADICTION,
        /** Counters of a process are missing in the log, or retention deleted records unread; reported only. */
        GAP,
        /** A clock knows an event that the log does not hold; reported only. */
        UNSEEN_CAUSE,
        /** The clock's entry for its own process is not the event's counter. */
        OWN_ENTRY_MISMATCH,
        /** A message with a Lamport timestamp alone: outside the order. */
        NO_VECTOR_CLOCK,
        /** The clock has more entries than the limit. */
        CLOCK_TOO_WIDE,
        /** The clock runs further ahead of what was heard than the limit. */
        CLOCK_TOO_FAR,
        /** A record carries several stamps that are not the same; the last one counts. */
        STAMP_REPEATED,
        /** A kind that only earlier versions wrote; its sentence says what it was. */
        OBSOLETE
    }

    public Anomaly {
        evidence = Map.copyOf(evidence);
    }
}
