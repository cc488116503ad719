package io.antichain.node.kafka;

import io.antichain.node.kafka.Input.Sync;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import java.util.ArrayList;
import java.util.List;

/** The syncs that wait for a heartbeat to be passed; those of one turn share one. For the writer thread. */
final class Syncs {
    private record Waiting(Barrier barrier, List<Sync> syncs) {}

    private final List<Waiting> waiting = new ArrayList<>();

    void await(Barrier barrier, List<Sync> syncs) {
        waiting.add(new Waiting(barrier, List.copyOf(syncs)));
    }

    /** Answers those whose heartbeat {@code state} has passed. */
    void settle(NodeState state, NodeView view) {
        waiting.removeIf(entry -> {
            boolean passed = entry.barrier().isPassed(state);
            if (passed) {
                entry.syncs().forEach(sync -> sync.answer().complete(view));
            }
            return passed;
        });
    }

    void refuseAll(RefusedException refusal) {
        waiting.forEach(entry -> entry.syncs().forEach(sync -> sync.answer().completeExceptionally(refusal)));
        waiting.clear();
    }
}
