package io.antichain.node.protocol;

import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.NodeView.HeldBack;
import io.antichain.node.state.NodeState;
import java.util.List;
import java.util.Optional;

/** What a node knows and how far it is. It outlives failures, and is shown to others when {@link #show} is called. */
final class NodeStatus {
    private final CausalDelivery delivery;
    private final List<Effect> effects;
    private Optional<NodeState> state = Optional.empty();
    private Condition condition = Condition.RECOVERING;
    private String reason = "The node starts and reads back what it knew";
    private boolean paused;
    private boolean stopping;

    NodeStatus(CausalDelivery delivery, List<Effect> effects) {
        this.delivery = delivery;
        this.effects = effects;
    }

    Optional<NodeState> state() {
        return state;
    }

    /** The state of a node that has recovered. */
    NodeState known() {
        return state.orElseThrow(() -> new IllegalStateException("A node acts once it has recovered"));
    }

    void know(NodeState next) {
        state = Optional.of(next);
    }

    Condition condition() {
        return condition;
    }

    boolean paused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    /** Changes how far it is, and why it is no further, and shows that. */
    void become(Condition condition, String reason) {
        this.condition = condition;
        this.reason = reason;
        show();
    }

    void becomeReady() {
        become(stopping ? Condition.STOPPING : Condition.READY, stopping ? "it finishes what it accepted" : "");
    }

    /** Changes why it is no further, for the next view. */
    void explain(String reason) {
        this.reason = reason;
    }

    void show() {
        effects.add(new Effect.Show(view()));
    }

    NodeView view() {
        HeldBack held = state.map(delivery::view).orElse(HeldBack.NOTHING);
        return new NodeView(state, paused, condition, reason, held);
    }
}
