package io.antichain.node.request;

import io.antichain.node.state.NodeState;
import java.util.Optional;

/**
 * What a node knows and how far it is, at one moment.
 *
 * @param state what it knows; empty until it has read that back from the log once
 * @param paused whether it does not deliver
 * @param condition how far it is
 * @param reason why it is not ready, in a sentence; empty if it is
 */
public record NodeView(Optional<NodeState> state, boolean paused, Condition condition, String reason) {
    /** Whether it publishes. */
    public boolean ready() {
        return condition == Condition.READY;
    }
}
