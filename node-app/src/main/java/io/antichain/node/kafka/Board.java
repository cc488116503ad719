package io.antichain.node.kafka;

import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.state.NodeState;
import java.util.Optional;

/** Where the writer thread writes up what others may see. */
final class Board {
    private final Trouble trouble;
    private volatile NodeView view =
            new NodeView(Optional.empty(), false, Condition.RECOVERING, "The node starts and reads back what it knew");

    Board(Trouble trouble) {
        this.trouble = trouble;
    }

    void know(NodeState state) {
        view = new NodeView(Optional.of(state), view.paused(), view.condition(), view.reason());
    }

    void pause(boolean paused) {
        view = new NodeView(view.state(), paused, view.condition(), view.reason());
    }

    void become(Condition condition, String reason) {
        view = new NodeView(view.state(), view.paused(), condition, reason);
    }

    /** What is written up; while the node is not ready, with whatever holds it up most. */
    NodeView view() {
        NodeView current = view;
        boolean waits = current.condition() == Condition.RECOVERING || current.condition() == Condition.JOINING;
        return waits && trouble.current().isPresent()
                ? new NodeView(
                        current.state(),
                        current.paused(),
                        current.condition(),
                        trouble.current().orElse(current.reason()))
                : current;
    }
}
