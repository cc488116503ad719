package io.antichain.node.protocol;

import io.antichain.node.state.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The syncs that wait: for high watermarks taken after they came, then for these to be reached. */
final class Syncs {
    private record Waiting(Map<Integer, Long> ends, List<Command> syncs) {}

    private final List<Command> unasked = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    void add(Command sync) {
        unasked.add(sync);
    }

    /** Whether one waits for high watermarks. */
    boolean mustAsk() {
        return !unasked.isEmpty();
    }

    void await(Map<Integer, Long> ends) {
        if (mustAsk()) {
            waiting.add(new Waiting(ends, List.copyOf(unasked)));
            unasked.clear();
        }
    }

    /** Takes out those whose high watermarks are reached. */
    List<Command> takeReached(Reading reading) {
        List<Command> reached = new ArrayList<>();
        waiting.removeIf(entry -> reading.hasReached(entry.ends()) && reached.addAll(entry.syncs()));
        return reached;
    }

    List<Command> takeAll() {
        List<Command> all = new ArrayList<>(unasked);
        waiting.forEach(entry -> all.addAll(entry.syncs()));
        unasked.clear();
        waiting.clear();
        return all;
    }
}
