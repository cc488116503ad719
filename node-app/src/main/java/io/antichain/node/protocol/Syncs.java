package io.antichain.node.protocol;

import io.antichain.node.state.NodeState;
import java.util.ArrayList;
import java.util.List;

/** The syncs that wait for a heartbeat to be passed; those of one turn share one. */
final class Syncs {
    private record Waiting(Barrier barrier, List<Order> syncs) {}

    private final List<Waiting> waiting = new ArrayList<>();

    void await(Barrier barrier, List<Order> syncs) {
        waiting.add(new Waiting(barrier, List.copyOf(syncs)));
    }

    /** Takes out those whose heartbeat {@code state} has passed. */
    List<Order> takePassed(NodeState state) {
        List<Order> passed = new ArrayList<>();
        waiting.removeIf(entry -> {
            boolean behind =
                    entry.barrier().isBehind(partition -> state.positions().getOrDefault(partition, 0L));
            if (behind) {
                passed.addAll(entry.syncs());
            }
            return behind;
        });
        return passed;
    }

    List<Order> takeAll() {
        List<Order> all = new ArrayList<>();
        waiting.forEach(entry -> all.addAll(entry.syncs()));
        waiting.clear();
        return all;
    }
}
