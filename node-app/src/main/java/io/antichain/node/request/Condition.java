package io.antichain.node.request;

/** How far a node is. */
public enum Condition {
    /** Reading back what the log holds of it. */
    RECOVERING,
    /** Delivering everything that was committed before its start. */
    JOINING,
    /** Publishing. */
    READY,
    /** Finishing what it accepted, then leaving. */
    STOPPING,
    /** Ended, and not by request: another node of its name took over. */
    FENCED,
    /** Ended, and not by request: the log cannot be read, the start cannot succeed, or a fault of its own. */
    FAILED
}
