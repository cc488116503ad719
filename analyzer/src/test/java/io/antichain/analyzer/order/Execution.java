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
 * A random execution of processes that publish to and deliver from a partitioned log, with the true happened-before order kept
 * as reachability: each event's set of ancestors, found by following what really influenced it and never by reading clocks.
 */
public final class Execution {
    /**
     * A published event.
     *
     * @param index the event's number in the execution
     */
    public record Published(Event event, int partition, long offset, long logTimeMs, int index) {}

    /**
     * What may happen in an execution.
     *
     * @param overtaking whether records of one process may land in another order than they were stamped
     * @param comings whether processes begin new lives, leave numbers out, and never read
     * @param forgetAfter after how many steps an entry that nothing has raised is left out of stamps; 0: never
     */
    public record Shape(
            int processes, int partitions, int steps, boolean overtaking, boolean comings, int forgetAfter) {
        public static Shape random(Random random) {
            int steps = random.nextInt(4) == 0 ? 1 + random.nextInt(400) : 1 + random.nextInt(120);
            return new Shape(
                    1 + random.nextInt(12),
                    1 + random.nextInt(4),
                    steps,
                    random.nextBoolean(),
                    random.nextInt(4) > 0,
                    0);
        }

        /** The same, with as many steps as it takes, and stamps that leave out old entries. */
        public Shape forgetting(int after) {
            return new Shape(processes, partitions, Math.max(steps, 3 * after), overtaking, comings, after);
        }
    }

    private static final class Process {
        ProcessId id;
        long counter;
        VectorClock clock = VectorClock.empty();
        LamportTimestamp lamport = LamportTimestamp.ZERO;
        final Map<ProcessId, Integer> raisedAt = new HashMap<>();
        final long[] positions;
        final boolean isDeaf;
        final double eagerness;
        BitSet past = new BitSet();
        /** Stamped, and not in the log yet. */
        final List<Published> pending = new ArrayList<>();

        Process(ProcessId id, int partitions, boolean isDeaf, double eagerness) {
            this.id = id;
            this.positions = new long[partitions];
            this.isDeaf = isDeaf;
            this.eagerness = eagerness;
        }
    }

    // Offsets of records are even, as transaction markers leave holes too; a test can put records between them.
    private static final int OFFSET_STEP = 2;
    private static final int SLOW = 20;
    private static final String[] KEYS = {"a", "b", "c", "d", "e"};
    private static final double[] EAGERNESS = {0.9, 0.6, 0.2, 0.05};

    private final List<Published> records = new ArrayList<>();
    private final List<List<Published>> log = new ArrayList<>();
    private final List<BitSet> ancestors = new ArrayList<>();
    private final List<BitSet> descendants = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Shape shape;
    private final Random random;
    private long timeMs = 1;
    private int now;

    private Execution(Shape shape, Random random) {
        this.shape = shape;
        this.random = random;
        for (int p = 0; p < shape.partitions(); p++) {
            log.add(new ArrayList<>());
        }
    }

    public static Execution random(Shape shape, Random random) {
        Execution execution = new Execution(shape, random);
        for (int i = 0; i < shape.processes(); i++) {
            boolean isDeaf = shape.comings() && random.nextInt(7) == 0;
            execution.processes.add(new Process(
                    ProcessId.of("p" + i), shape.partitions(), isDeaf, EAGERNESS[random.nextInt(EAGERNESS.length)]));
        }
        for (int step = 0; step < shape.steps(); step++) {
            execution.step();
        }
        execution.processes.forEach(process -> execution.land(process, 0));
        return execution;
    }

    private void step() {
        now++;
        timeMs += random.nextInt(10);
        Process process = processes.get(random.nextInt(processes.size()));
        if (!process.isDeaf && random.nextDouble() < process.eagerness) {
            deliver(process);
        }
        if (shape.comings() && random.nextInt(50) == 0) {
            process.id = process.id.next(); // another process, which knows what the life before had delivered
            process.counter = 0;
        }
        publish(process);
        land(process, shape.overtaking() ? random.nextInt(4) : 0);
        if (shape.forgetAfter() > 0) {
            processes.stream().filter(this::isSlow).forEach(slow -> land(slow, 0));
        }
    }

    /** Whether a record of the process has been on its way for long, though shorter than entries are remembered. */
    private boolean isSlow(Process process) {
        return process.pending.stream().anyMatch(stamped -> ancestors.size() - stamped.index() > SLOW);
    }

    private void deliver(Process process) {
        int partition = random.nextInt(shape.partitions());
        List<Published> there = log.get(partition);
        long until =
                process.positions[partition] + random.nextInt((int) (there.size() - process.positions[partition]) + 1);
        for (; process.positions[partition] < until; process.positions[partition]++) {
            Published next = there.get((int) process.positions[partition]);
            process.past.or(ancestors.get(next.index()));
            process.past.set(next.index());
            VectorClock stamp = next.event().clock().orElseThrow();
            VectorClock before = process.clock;
            stamp.forEach((named, entry) -> {
                if (entry > before.get(named)) {
                    process.raisedAt.put(named, now);
                }
            });
            process.clock = before.merge(stamp);
            process.lamport = process.lamport.deliver(next.event().lamport(), ReceiveRule.MERGE);
        }
    }

    private void publish(Process process) {
        process.counter += shape.comings() && random.nextInt(20) == 0 ? 2 + random.nextInt(3) : 1;
        process.clock = withEntry(process.clock, process.id, process.counter);
        process.raisedAt.put(process.id, now);
        process.lamport = process.lamport.tick();
        int index = ancestors.size();
        ancestors.add((BitSet) process.past.clone());
        process.past.set(index);
        Optional<String> key =
                random.nextInt(6) == 0 ? Optional.empty() : Optional.of(KEYS[random.nextInt(KEYS.length)]);
        Event event = new Event(
                process.id,
                process.counter,
                Optional.of(stamp(process)),
                process.lamport,
                key,
                "payload " + index,
                0,
                Event.Kind.MESSAGE);
        process.pending.add(new Published(event, 0, 0, 0, index));
    }

    private VectorClock stamp(Process process) {
        if (shape.forgetAfter() == 0) {
            return process.clock;
        }
        Map<ProcessId, Long> entries = new HashMap<>(process.clock.entries());
        entries.keySet().removeIf(named -> now - process.raisedAt.get(named) > shape.forgetAfter());
        return VectorClock.of(entries);
    }

    /** Lets stamped records reach the log, in any order, until so few are left. */
    private void land(Process process, int left) {
        while (process.pending.size() > left) {
            int drawn = shape.overtaking() ? random.nextInt(process.pending.size()) : 0;
            Published stamped = process.pending.remove(drawn);
            int partition = random.nextInt(shape.partitions());
            long offset = (long) OFFSET_STEP * log.get(partition).size();
            Published landed = new Published(stamped.event(), partition, offset, timeMs, stamped.index());
            log.get(partition).add(landed);
            records.add(landed);
        }
    }

    private static VectorClock withEntry(VectorClock clock, ProcessId process, long counter) {
        Map<ProcessId, Long> entries = new HashMap<>(clock.entries());
        entries.put(process, counter);
        return VectorClock.of(entries);
    }

    public int partitions() {
        return shape.partitions();
    }

    /** In the order in which they reached the log. */
    public List<Published> records() {
        return records;
    }

    /** The records of one partition, in offset order. */
    public List<Published> log(int partition) {
        return log.get(partition);
    }

    /** Numbers of the events that are concurrent with one, by the definition: neither can be reached from the other. */
    public BitSet concurrentWith(int index) {
        if (descendants.isEmpty()) {
            ancestors.forEach(event -> descendants.add(new BitSet()));
            for (int i = 0; i < ancestors.size(); i++) {
                int effect = i;
                ancestors.get(i).stream()
                        .forEach(cause -> descendants.get(cause).set(effect));
            }
        }
        BitSet others = new BitSet();
        others.set(0, ancestors.size());
        others.andNot(ancestors.get(index));
        others.andNot(descendants.get(index));
        others.clear(index);
        return others;
    }

    /** Numbers of the events that really influenced one. */
    public BitSet ancestors(int index) {
        return ancestors.get(index);
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
