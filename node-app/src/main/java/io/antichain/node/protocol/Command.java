package io.antichain.node.protocol;

/**
 * Something asked of a node that publishes nothing.
 *
 * @param ticket who waits for the answer
 * @param kind what is asked
 */
public record Command(long ticket, Kind kind) {
    /** What can be asked. */
    public enum Kind {
        /** Deliver everything that is committed by now, then answer. */
        SYNC,
        /** Deliver nothing more. */
        PAUSE,
        /** Go on delivering. */
        RESUME
    }
}
