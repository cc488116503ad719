package io.antichain.node.kafka;

import io.antichain.node.request.NodeView;
import io.antichain.node.request.RefusedException;
import io.antichain.node.request.RefusedException.Reason;

/** The sentences with which a node refuses. */
final class Refusals {
    private Refusals() {}

    static RefusedException queueFull(int bound) {
        return new RefusedException(
                Reason.QUEUE_FULL,
                "At most " + bound + " messages wait to be published: waiting=" + bound + "; send again later");
    }

    static RefusedException paused() {
        return new RefusedException(
                Reason.PAUSED, "A paused node delivers nothing, so it cannot sync: paused=true; POST /resume first");
    }

    static RefusedException aborted(Throwable cause) {
        return new RefusedException(
                Reason.ABORTED,
                "A message is acknowledged only once committed, and its transaction failed or its outcome is not"
                        + " known: reason=" + cause.getMessage() + "; look for it before sending it again");
    }

    static RefusedException exhausted(long counter) {
        return new RefusedException(
                Reason.EXHAUSTED,
                "Counters and Lamport timestamps end at 2^53 - 1: counter=" + counter
                        + "; publish under another process name");
    }

    static RefusedException notReady(NodeView view) {
        return switch (view.condition()) {
            case STOPPING ->
                new RefusedException(
                        Reason.STOPPING, "A stopping node takes nothing on: " + view.reason() + "; use another node");
            case FENCED -> new RefusedException(Reason.FENCED, view.reason());
            case RECOVERING, JOINING, READY ->
                new RefusedException(
                        Reason.NOT_READY,
                        "A node publishes once it has recovered and joined: " + view.reason() + "; send again later");
        };
    }
}
