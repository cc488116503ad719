package io.antichain.analyzer.order;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random execution of nodes that publish to and deliver from a partitioned log, with the true happened-before order kept
 * as reachability: each event's set of ancestors, found by following what really influenced it and never by reading clocks.
 */
final class Execution {
    /** A published record: an event, or a heartbeat that is none. */
    record Published(Event event, int partition, long offset, int index) {}

    private final List<Published> records = new ArrayList<>();
    private final List<BitSet> ancestors = new ArrayList<>();
    private final int partitions;

    private Execution(int partitions) {
        this.partitions = partitions;
    }

    /** Draws an execution of 1 to 12 processes over 1 to 4 partitions. */
    static Execution random(Random random) {
        int partitions = 1 + random.nextInt(4);
        Execution execution = new Execution(partitions);
        List<SimulatedNode> nodes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            nodes.add(new SimulatedNode(ProcessId.of("p" + i), partitions));
        }
        List<List<Published>> log = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            log.add(new ArrayList<>());
        }
        double share = random.nextDouble();
        for (int steps = 1 + random.nextInt(120); steps > 0; steps--) {
            SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
            if (random.nextDouble() < share) {
                execution.publish(node, log, random);
            } else {
                execution.deliver(node, log, random);
            }
        }
        return execution;
    }

    private void publish(SimulatedNode node, List<List<Published>> log, Random random) {
        int partition = random.nextInt(partitions);
        boolean heartbeat = random.nextInt(8) == 0;
        if (!heartbeat) {
            node.counter += random.nextInt(12) == 0 ? 2 : 1;
            node.clock = withEntry(node.clock, node.process, node.counter);
            node.lamport = node.lamport.tick();
        }
        Event event = new Event(
                node.process,
                node.counter,
                Optional.of(node.clock),
                node.lamport,
                Optional.empty(),
                heartbeat ? "" : "payload " + records.size(),
                0,
                heartbeat ? Event.Kind.HEARTBEAT : Event.Kind.MESSAGE);
        int index = heartbeat ? -1 : ancestors.size();
        if (!heartbeat) {
            ancestors.add((BitSet) node.knows.clone());
            node.knows.set(index);
        }
        Published published = new Published(event, partition, log.get(partition).size(), index);
        log.get(partition).add(published);
        records.add(published);
    }

    private void deliver(SimulatedNode node, List<List<Published>> log, Random random) {
        int partition = random.nextInt(partitions);
        for (int n = 1 + random.nextInt(6);
                n > 0 && node.positions[partition] < log.get(partition).size();
                n--) {
            Published next = log.get(partition).get(node.positions[partition]++);
            if (next.index() >= 0) {
                node.knows.or(ancestors.get(next.index()));
                node.knows.set(next.index());
                node.clock = node.clock.merge(next.event().clock().orElseThrow());
                node.lamport = node.lamport.deliver(next.event().lamport(), ReceiveRule.MERGE);
            }
        }
    }

    /** A counter may skip numbers: a gap as an aborted batch of a careless publisher would leave it. */
    private static VectorClock withEntry(VectorClock clock, ProcessId process, long counter) {
        Map<ProcessId, Long> entries = new HashMap<>(clock.entries());
        entries.put(process, counter);
        return VectorClock.of(entries);
    }

    int partitions() {
        return partitions;
    }

    List<Published> events() {
        return records.stream().filter(record -> record.index() >= 0).toList();
    }

    /** The definition: neither can be reached from the other, and they are not the same. */
    boolean concurrent(Published a, Published b) {
        return a.index() != b.index()
                && !ancestors.get(a.index()).get(b.index())
                && !ancestors.get(b.index()).get(a.index());
    }

    /** The records in a random order in which each lane keeps its own. */
    List<Published> arrival(Random random) {
        Map<String, List<Published>> lanes = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Published record : records) {
            String lane = record.event().process() + "/" + record.partition();
            lanes.computeIfAbsent(lane, name -> {
                        names.add(name);
                        return new ArrayList<>();
                    })
                    .add(record);
        }
        List<Published> arrival = new ArrayList<>();
        Map<String, Integer> next = new HashMap<>();
        while (!names.isEmpty()) {
            int drawn = random.nextInt(names.size());
            String lane = names.get(drawn);
            int position = next.merge(lane, 1, Integer::sum);
            arrival.add(lanes.get(lane).get(position - 1));
            if (position == lanes.get(lane).size()) {
                names.remove(drawn);
            }
        }
        return arrival;
    }

    private static final class SimulatedNode {
        final ProcessId process;
        final int[] positions;
        final BitSet knows = new BitSet();
        long counter;
        VectorClock clock = VectorClock.empty();
        LamportTimestamp lamport = LamportTimestamp.ZERO;

        SimulatedNode(ProcessId process, int partitions) {
            this.process = process;
            this.positions = new int[partitions];
        }
    }
}
