package io.antichain.node.request;

/**
 * How a node ended.
 *
 * @param kind what ended it
 * @param sentence what happened, and what to do
 */
public record NodeEnd(Kind kind, String sentence) {
    /** What can end a node. */
    public enum Kind {
        /** It was told to. */
        LEFT,
        /** Another node of its name took over. */
        FENCED,
        /** The log holds what cannot be read, or is not the one that it has read. */
        UNREADABLE,
        /** It could not start, and waiting does not help: wrong settings, no rights, no topics. */
        CANNOT_START,
        /** A fault of its own. */
        FAULT
    }
}
