package io.antichain.node.request;

/** A request that was not done. Its message says why and what to do. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request was not done. */
    public enum Reason {
        /** Too many requests wait already. */
        QUEUE_FULL,
        /** The node delivers nothing until it is resumed. */
        PAUSED,
        /** The node recovers or joins. */
        NOT_READY,
        /** The transaction failed, or its outcome is not known. */
        ABORTED,
        /** Another request with this Idempotency-Key asked for something else. */
        KEY_REUSED,
        /** The node stops. */
        STOPPING,
        /** Another node of the same name took over; this one ends. */
        FENCED,
        /** The node has ended for another reason. */
        FAILED,
        /** Counter or Lamport timestamp reached 2^53 − 1. */
        EXHAUSTED
    }

    private final Reason reason;

    public RefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Why the request was not done. */
    public Reason reason() {
        return reason;
    }
}
