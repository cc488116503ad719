package io.antichain.analyzer.order;

import io.antichain.analyzer.order.SimulatedNode.Knowledge;
import io.antichain.analyzer.order.SimulatedNode.Stage;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random execution of nodes that publish to and deliver from a partitioned log, with the true happened-before order kept
 * as reachability: each event's set of ancestors, found by following what really influenced it and never by reading clocks.
 */
public final class Execution {
    /**
     * A published record: an event, or a heartbeat or LEAVE that is none.
     *
     * @param index the event's number in the execution, -1 if it is none
     */
    public record Published(Event event, int partition, long offset, long logTimeMs, int index) {
        public boolean isEvent() {
            return index >= 0;
        }
    }

    /**
     * What may happen in an execution.
     *
     * @param comings whether nodes join late, leave and come back, crash and recover, and begin new incarnations
     */
    public record Shape(int processes, int partitions, int steps, boolean comings) {
        public static Shape random(Random random, boolean comings) {
            int steps = random.nextInt(4) == 0 ? 1 + random.nextInt(400) : 1 + random.nextInt(120);
            return new Shape(1 + random.nextInt(12), 1 + random.nextInt(4), steps, comings);
        }
    }

    // Offsets of records are even, as transaction markers leave holes too; a test can put records between them.
    private static final int OFFSET_STEP = 2;
    private static final String[] KEYS = {"a", "b", "c", "d", "e"};

    private final List<Published> records = new ArrayList<>();
    private final List<List<Published>> log = new ArrayList<>();
    private final List<BitSet> ancestors = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Shape shape;
    private final Random random;
    private final double deliveries;
    private long timeMs = 1;

    private Execution(Shape shape, Random random) {
        this.shape = shape;
        this.random = random;
        this.deliveries = random.nextDouble();
        for (int p = 0; p < shape.partitions(); p++) {
            log.add(new ArrayList<>());
        }
    }

    public static Execution random(Shape shape, Random random) {
        Execution execution = new Execution(shape, random);
        int atFirst = shape.comings() ? 1 + random.nextInt(shape.processes()) : shape.processes();
        for (int i = 0; i < atFirst; i++) {
            execution.begin(new ProcessId("p" + i, 0));
        }
        for (int step = 0; step < shape.steps(); step++) {
            execution.step();
        }
        execution.nodes.forEach(execution::finishSending);
        return execution;
    }

    private void step() {
        timeMs += random.nextInt(10);
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        if (node.isSending()) {
            sendNext(node);
        } else if (shape.comings() && random.nextInt(12) == 0) {
            comeOrGo(node);
        } else if (node.stage == Stage.LEFT && random.nextInt(3) == 0) {
            announce(node);
        } else if (node.stage == Stage.JOINING || (node.stage == Stage.JOINED && random.nextDouble() < deliveries)) {
            deliver(node);
        } else if (node.stage == Stage.JOINED) {
            publish(node);
        }
    }

    private void comeOrGo(SimulatedNode node) {
        switch (random.nextInt(5)) {
            case 0 -> {
                if (nodes.size() < shape.processes()) {
                    begin(new ProcessId("p" + nodes.size(), 0));
                }
            }
            case 1 -> leave(node);
            case 2 -> crash(node);
            case 3 -> loseEverything(node);
            default -> timeMs += random.nextInt(2_000); // a pause of everybody
        }
    }

    private void begin(ProcessId process) {
        double[] speeds = random.doubles(shape.partitions()).toArray();
        SimulatedNode node = new SimulatedNode(process, speeds);
        nodes.add(node);
        announce(node);
    }

    /** Says its clock in every partition; what stands before that is delivered before anything is published. */
    private void announce(SimulatedNode node) {
        node.stage = Stage.JOINING;
        beginSending(node, Kind.HEARTBEAT);
    }

    private void leave(SimulatedNode node) {
        if (node.stage == Stage.JOINED) {
            node.stage = Stage.LEFT;
            beginSending(node, Kind.LEAVE);
        }
    }

    /** One transaction with a record for every partition; others may write between these, and deliver none of them. */
    private void beginSending(SimulatedNode node, Kind kind) {
        node.sending = kind;
        node.barrier = new long[shape.partitions()];
        for (int partition = 0; partition < shape.partitions(); partition++) {
            node.unsent.add(partition);
            node.barrier[partition] = Long.MAX_VALUE;
        }
        Collections.shuffle(node.unsent, random);
        if (random.nextBoolean()) {
            finishSending(node);
        }
    }

    private void sendNext(SimulatedNode node) {
        int partition = node.unsent.remove(node.unsent.size() - 1);
        node.barrier[partition] = log.get(partition).size();
        append(node, node.sending, partition, Optional.empty());
        if (!node.isSending()) {
            node.commit();
            joinIfCaughtUp(node);
        }
    }

    private void finishSending(SimulatedNode node) {
        while (node.isSending()) {
            sendNext(node);
        }
    }

    /** Where the first record of an open transaction stands: nobody reads further. */
    private long stableEnd(int partition) {
        long end = log.get(partition).size();
        for (SimulatedNode node : nodes) {
            end = node.isSending() ? Math.min(end, node.barrier[partition]) : end;
        }
        return end;
    }

    /** What was delivered since the last commit is forgotten; everything else is recovered. */
    private void crash(SimulatedNode node) {
        if (node.stage == Stage.JOINED) {
            node.knows = node.committed.copy();
            if (!node.committedJoined || random.nextBoolean()) {
                announce(node);
            }
        }
    }

    /** The checkpoint is lost: the name lives on as the next incarnation. */
    private void loseEverything(SimulatedNode node) {
        if (node.stage != Stage.DEAD && node.stage != Stage.LEFT) {
            node.stage = Stage.DEAD;
            SimulatedNode next = new SimulatedNode(node.process.next(), node.speeds);
            nodes.set(nodes.indexOf(node), next);
            announce(next);
        }
    }

    private void joinIfCaughtUp(SimulatedNode node) {
        if (node.stage == Stage.JOINING && node.hasPassedBarrier()) {
            node.stage = Stage.JOINED;
        }
    }

    private void publish(SimulatedNode node) {
        if (random.nextInt(8) == 0) {
            append(node, Kind.HEARTBEAT, random.nextInt(shape.partitions()), Optional.empty());
        } else {
            long counter = node.knows.counter() + (random.nextInt(12) == 0 ? 2 : 1); // a careless publisher skips one
            VectorClock clock = withEntry(node.knows.clock(), node.process, counter);
            node.knows = new Knowledge(clock, counter, node.knows.positions(), node.knows.past());
            node.lamport = node.lamport.tick();
            Optional<String> key =
                    random.nextInt(6) == 0 ? Optional.empty() : Optional.of(KEYS[random.nextInt(KEYS.length)]);
            int partition =
                    key.map(k -> k.charAt(0) % shape.partitions()).orElseGet(() -> random.nextInt(shape.partitions()));
            append(node, Kind.MESSAGE, partition, key);
        }
        node.commit();
    }

    private void append(SimulatedNode node, Kind kind, int partition, Optional<String> key) {
        Event event = new Event(
                node.process,
                node.knows.counter(),
                Optional.of(node.knows.clock()),
                node.lamport,
                key,
                kind == Kind.MESSAGE ? "payload " + records.size() : "",
                0,
                kind);
        int index = kind == Kind.MESSAGE ? ancestors.size() : -1;
        if (index >= 0) {
            ancestors.add((BitSet) node.knows.past().clone());
            node.knows.past().set(index);
        }
        long offset = (long) OFFSET_STEP * log.get(partition).size();
        Published published = new Published(event, partition, offset, timeMs, index);
        log.get(partition).add(published);
        records.add(published);
    }

    private void deliver(SimulatedNode node) {
        int partition = random.nextInt(shape.partitions());
        if (random.nextDouble() > node.speeds[partition]) {
            return;
        }
        long[] positions = node.knows.positions();
        for (int n = 1 + random.nextInt(6); n > 0 && positions[partition] < stableEnd(partition); n--) {
            Published next = log.get(partition).get((int) positions[partition]++);
            if (next.isEvent()) {
                node.knows.past().or(ancestors.get(next.index()));
                node.knows.past().set(next.index());
                VectorClock merged =
                        node.knows.clock().merge(next.event().clock().orElseThrow());
                node.knows = new Knowledge(merged, node.knows.counter(), positions, node.knows.past());
                node.lamport = node.lamport.deliver(next.event().lamport(), ReceiveRule.MERGE);
            }
        }
        joinIfCaughtUp(node);
    }

    private static VectorClock withEntry(VectorClock clock, ProcessId process, long counter) {
        Map<ProcessId, Long> entries = new HashMap<>(clock.entries());
        entries.put(process, counter);
        return VectorClock.of(entries);
    }

    public int partitions() {
        return shape.partitions();
    }

    /** In the order in which they were published. */
    List<Published> records() {
        return records;
    }

    /** The records of one partition, in offset order. */
    List<Published> log(int partition) {
        return log.get(partition);
    }

    /** Whether {@code a} really influenced {@code b}. */
    public boolean happenedBefore(Published a, Published b) {
        return ancestors.get(b.index()).get(a.index());
    }

    /** The definition: neither can be reached from the other, and they are not the same. */
    public boolean concurrent(Published a, Published b) {
        return a.index() != b.index() && !happenedBefore(a, b) && !happenedBefore(b, a);
    }
}
