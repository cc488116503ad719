package io.antichain.node.request;

import io.antichain.clocks.Dot;
import io.antichain.node.state.NodeState;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a node knows and how far it is, at one moment.
 *
 * @param state what it knows; empty until it has read that back from the log once
 * @param paused whether it does not deliver
 * @param condition how far it is
 * @param reason why it is not ready, in a sentence; empty if it is
 * @param held what is held back until its causes are delivered
 */
public record NodeView(Optional<NodeState> state, boolean paused, Condition condition, String reason, HeldBack held) {
    /**
     * Messages that were read and whose causes are not delivered yet.
     *
     * @param messages how many
     * @param waitingFor for each process and partition of theirs, the first cause that is missing
     */
    public record HeldBack(int messages, SortedSet<Dot> waitingFor) {
        /** Nothing is held back. */
        public static final HeldBack NOTHING = new HeldBack(0, Collections.emptySortedSet());
    }

    /** Whether it publishes. */
    public boolean ready() {
        return condition == Condition.READY;
    }
}
