package io.antichain.node.request;

import io.antichain.node.request.RefusedException.Reason;

/** The sentences with which a node refuses. */
public final class Refusals {
    private Refusals() {}

    /** Too many messages, or too long ones, wait already. */
    public static RefusedException queueFull(int bound, long boundBytes) {
        return new RefusedException(
                Reason.QUEUE_FULL,
                "Too much waits to be published already: most=" + bound + " messages, mostBytes=" + boundBytes
                        + "; send again later");
    }

    /** A paused node cannot sync. */
    public static RefusedException paused() {
        return new RefusedException(
                Reason.PAUSED, "A paused node delivers nothing, so it cannot sync: paused=true; POST /resume first");
    }

    /** The transaction failed, or its outcome is not known. */
    public static RefusedException aborted(String cause) {
        return new RefusedException(
                Reason.ABORTED,
                "A message is acknowledged only once committed, and its transaction failed or its outcome is not"
                        + " known: reason=" + cause
                        + "; send it again with the same Idempotency-Key, or look for it first");
    }

    /** There is no number for another message. */
    public static RefusedException exhausted(long counter) {
        return new RefusedException(
                Reason.EXHAUSTED,
                "Counters and Lamport timestamps end at 2^53 - 1: counter=" + counter
                        + "; publish under another process name");
    }

    /** The key of a repeat came with another message. */
    public static RefusedException keyReused(String repeatKey) {
        return new RefusedException(
                Reason.KEY_REUSED,
                "An Idempotency-Key stands for one message: Idempotency-Key=" + repeatKey
                        + " came before with another key or payload; choose a new one");
    }

    /** What became of the first request with this key is not known yet. */
    public static RefusedException outcomeOpen(String repeatKey) {
        return new RefusedException(
                Reason.ABORTED,
                "Whether the first request with this Idempotency-Key was committed is being read from the log:"
                        + " Idempotency-Key=" + repeatKey + "; send it again later");
    }

    /** The node is not there yet, or no more. */
    public static RefusedException notReady(NodeView view) {
        return switch (view.condition()) {
            case STOPPING ->
                new RefusedException(
                        Reason.STOPPING, "A stopping node takes nothing on: " + view.reason() + "; use another node");
            case FENCED -> new RefusedException(Reason.FENCED, view.reason());
            case FAILED -> new RefusedException(Reason.FAILED, view.reason());
            case RECOVERING, JOINING, READY ->
                new RefusedException(
                        Reason.NOT_READY,
                        "A node publishes once it has recovered and joined: " + view.reason() + "; send again later");
        };
    }
}
