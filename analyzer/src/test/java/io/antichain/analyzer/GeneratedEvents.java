package io.antichain.analyzer;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Events of nodes that publish to one partition and deliver from it now and then, by a seed. */
public final class GeneratedEvents {
    private final Random random;
    private final List<Event> log = new ArrayList<>();
    private final ProcessId[] processes;
    private final VectorClock[] clocks;
    private final int[] positions;
    private final int keys;

    /** @param keys how many keys there are */
    public GeneratedEvents(Random random, int processes, int keys) {
        this.random = random;
        this.keys = keys;
        this.processes = new ProcessId[processes];
        this.clocks = new VectorClock[processes];
        this.positions = new int[processes];
        for (int i = 0; i < processes; i++) {
            this.processes[i] = ProcessId.of("node-" + (i + 1));
            this.clocks[i] = VectorClock.empty();
        }
    }

    /** All so far, and so many more. */
    public List<Event> with(int messages) {
        int end = log.size() + messages;
        while (log.size() < end) {
            int node = random.nextInt(processes.length);
            if (random.nextInt(3) > 0) {
                deliver(node, 1 + random.nextInt(2 * processes.length));
            } else {
                clocks[node] = clocks[node].tick(processes[node]);
                log.add(message(node));
            }
        }
        return log;
    }

    private void deliver(int node, int most) {
        for (int n = most; n > 0 && positions[node] < log.size(); n--) {
            Event next = log.get(positions[node]++);
            clocks[node] = clocks[node].merge(next.clock().orElseThrow());
        }
    }

    private Event message(int node) {
        return new Event(
                processes[node],
                clocks[node].get(processes[node]),
                Optional.of(clocks[node]),
                new LamportTimestamp(log.size()),
                Optional.of("key-" + random.nextInt(keys)),
                "message " + log.size(),
                0,
                Kind.MESSAGE);
    }
}
