package io.antichain.node.kafka;

import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import java.util.Optional;

/** Where the writer thread writes up what others may see. */
final class CurrentView {
    private final WaitReason waitReason;
    private volatile NodeView view = new NodeView(
            Optional.empty(),
            false,
            Condition.RECOVERING,
            "The node starts and reads back what it knew",
            NodeView.HeldBack.NOTHING);

    CurrentView(WaitReason waitReason) {
        this.waitReason = waitReason;
    }

    void show(NodeView now) {
        view = now;
    }

    /** The writer thread has ended. */
    void ended(Condition condition, String reason) {
        NodeView last = view;
        view = new NodeView(last.state(), last.paused(), condition, reason, last.held());
    }

    /** What is written up; while the node is not ready, with whatever holds it up most. */
    NodeView view() {
        NodeView current = view;
        boolean waits = current.condition() == Condition.RECOVERING || current.condition() == Condition.JOINING;
        return waits && waitReason.current().isPresent()
                ? new NodeView(
                        current.state(),
                        current.paused(),
                        current.condition(),
                        waitReason.current().orElse(current.reason()),
                        current.held())
                : current;
    }
}
