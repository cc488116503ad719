package io.antichain.stamping.simulation;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.Incarnation;
import io.antichain.stamping.clock.KnowledgeText;
import io.antichain.stamping.clock.SharedClock;
import io.antichain.stamping.clock.StampOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random run of services on a partitioned log, with the real stamping core: several instances and threads, polls of several
 * records, commits with and without metadata, transactions that abort, sends that fail and land all the same, crashes and
 * rebalances. Beside it stands the truth, kept as sets of events and never read from a clock. A step is an hour.
 */
final class Execution {
    static final long HOUR_MS = 3_600_000;
    private static final int SLOW = 20;

    final Log log;
    /** By the event's number: the numbers of all that happened before it. */
    final List<BitSet> past = new ArrayList<>();

    private final Optional<Rule> without;
    private final Random random;
    private final int forgetSteps;
    private final boolean isBase64;
    private final List<Instance> instances = new ArrayList<>();
    private int epoch;
    private long step;

    /**
     * Runs it.
     *
     * @param forgetSteps after how many steps an entry that nothing raises is left out of stamps; 0: never
     * @param without the rule to be taken out
     */
    Execution(Random random, int forgetSteps, Optional<Rule> without) {
        this.random = random;
        this.forgetSteps = forgetSteps;
        this.without = without;
        this.isBase64 = random.nextInt(8) == 0;
        int partitions = 1 + random.nextInt(5);
        this.log = new Log(partitions, 1 + random.nextInt(partitions));
        int services = 2 + random.nextInt(3);
        for (int s = 0; s < services; s++) {
            Service service = new Service(draw(partitions), draw(partitions));
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                double eagerness = new double[] {0, 0.9, 0.6, 0.2}[random.nextInt(4)];
                Instance instance = new Instance("s" + s + "-" + i, service, eagerness);
                service.instances.add(instance);
                instances.add(instance);
                begin(instance);
            }
            rebalance(service);
        }
        int steps = Math.max(40 + random.nextInt(160), 3 * forgetSteps);
        while (step++ < steps) {
            step(instances.get(random.nextInt(instances.size())));
        }
        instances.forEach(instance -> land(instance, 0));
    }

    private List<Integer> draw(int partitions) {
        List<Integer> drawn = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            if (random.nextInt(3) > 0) {
                drawn.add(p);
            }
        }
        return drawn.isEmpty() ? List.of(random.nextInt(partitions)) : drawn;
    }

    private boolean holds(Rule rule) {
        return without.isEmpty() || without.get() != rule;
    }

    private long nowMs() {
        return step * HOUR_MS;
    }

    private void step(Instance instance) {
        if (random.nextInt(30) == 0) {
            crash(instance);
        }
        if (random.nextInt(30) == 0) {
            rebalance(instance.service);
        }
        if (random.nextDouble() < instance.eagerness) {
            read(instance);
        }
        publish(instance);
        land(instance, random.nextInt(4));
        for (Instance each : instances) {
            if (each.transaction.isPresent() && (random.nextInt(10) == 0 || isSlow(each.transaction.get()))) {
                endTransaction(each);
            }
            if (isSlow(each.pending)) {
                land(each, 0);
            }
        }
    }

    /** Whether a record has been on its way for long, though for far shorter than entries are remembered. */
    private boolean isSlow(List<Instance.Pending> records) {
        return records.stream().anyMatch(record -> step - record.sinceStep() > SLOW);
    }

    private void begin(Instance instance) {
        ProcessId life = instance.clock != null && !holds(Rule.A_LIFE_IS_A_PROCESS)
                ? instance.clock.process()
                : new ProcessId(instance.name, Incarnation.of("cluster", 7, epoch++));
        long steps = forgetSteps == 0 ? 1_000_000 : holds(Rule.LONG_ENOUGH) ? forgetSteps : 3;
        instance.clock = new SharedClock(life, steps * HOUR_MS);
        instance.past = new BitSet();
        instance.topicsKnown.clear();
        instance.again = Optional.empty();
    }

    private void crash(Instance instance) {
        instance.transaction = Optional.empty(); // the broker aborts it
        instance.pending.removeIf(inFlight -> random.nextBoolean());
        instance.batch.clear();
        List<Integer> assigned = List.copyOf(instance.positions.keySet());
        begin(instance);
        assigned.forEach(partition -> takeOver(instance, partition));
    }

    private void rebalance(Service service) {
        for (Instance instance : service.instances) {
            if (random.nextBoolean()) {
                commit(instance); // as those do that have a listener for partitions revoked
            }
            instance.batch.clear();
        }
        Map<Integer, Instance> before = new HashMap<>();
        service.instances.forEach(
                instance -> instance.positions.keySet().forEach(partition -> before.put(partition, instance)));
        service.instances.forEach(instance -> instance.positions.clear());
        for (int partition : service.partitions) {
            Instance next = service.instances.get(random.nextInt(service.instances.size()));
            if (holds(Rule.REBALANCE)) {
                takeOver(next, partition);
            } else {
                BitSet truth = next.past;
                SharedClock kept = next.clock;
                next.clock = new SharedClock(ProcessId.of("nobody"), 1);
                takeOver(next, partition);
                next.past = truth;
                next.clock = kept;
                service.committed(partition).ifPresent(offset -> next.past.or(offset.known()));
            }
        }
    }

    private void takeOver(Instance instance, int partition) {
        Optional<Service.Committed> last = instance.service.committed(partition);
        instance.positions.put(partition, last.map(Service.Committed::offset).orElse(0L));
        ClockRecovery.Step recovery = ClockRecovery.of(
                ClockRecovery.Mode.METADATA,
                last.map(Service.Committed::offset),
                last.map(Service.Committed::metadata).orElse(""));
        if (recovery instanceof ClockRecovery.Step.Known known) {
            if (holds(Rule.METADATA)) {
                instance.clock.recover(known.knowledge(), nowMs());
            }
            instance.past.or(last.orElseThrow().known());
        } else if (recovery instanceof ClockRecovery.Step.Tail tail) {
            for (long offset = tail.from(); offset < tail.to(); offset++) {
                take(instance, log.of(partition).get((int) offset), holds(Rule.INPUT_TAIL));
            }
        }
    }

    private void take(Instance instance, Log.Landed record, boolean holds) {
        if (holds) {
            instance.clock.recover(record.stamp(), record.step() * HOUR_MS, nowMs());
        }
        instance.past.or(past.get(record.index()));
        instance.past.set(record.index());
    }

    private void read(Instance instance) {
        if (instance.batch.isEmpty() && !instance.positions.isEmpty()) {
            poll(instance);
        }
        for (int n = random.nextInt(instance.batch.size() + 1); n > 0 && !instance.batch.isEmpty(); n--) {
            hand(instance, instance.batch.remove());
            if (random.nextInt(4) == 0) {
                publish(instance);
            }
        }
        if (random.nextInt(3) == 0) {
            commit(instance);
        }
    }

    private void poll(Instance instance) {
        List<Integer> assigned = new ArrayList<>(instance.positions.keySet());
        Collections.shuffle(assigned, random);
        for (int partition : assigned.subList(0, 1 + random.nextInt(assigned.size()))) {
            List<Log.Landed> there = log.of(partition);
            long until = instance.positions.get(partition);
            until += random.nextInt((int) (there.size() - until) + 1);
            for (long offset = instance.positions.get(partition); offset < until; offset++) {
                instance.batch.add(there.get((int) offset));
                if (!holds(Rule.ONE_BY_ONE)) {
                    instance.clock.deliver(there.get((int) offset).stamp(), nowMs());
                }
            }
            instance.positions.put(partition, until);
        }
    }

    private void hand(Instance instance, Log.Landed record) {
        StampOutcome delivery = instance.clock.deliver(record.stamp(), nowMs());
        if (delivery != StampOutcome.DELIVERED && without.isEmpty()) {
            throw new AssertionError("delivery of " + record.stamp().dot() + ": " + delivery);
        }
        instance.past.or(past.get(record.index()));
        instance.past.set(record.index());
    }

    /** Commits what was handed out. Some applications let their client do it, which knows nothing of metadata. */
    private void commit(Instance instance) {
        String metadata = random.nextInt(3) == 0
                ? ""
                : KnowledgeText.write(instance.clock.knowledge(nowMs()), nowMs())
                        .orElseThrow();
        instance.positions.forEach((partition, position) -> {
            long handed = instance.batch.stream()
                    .filter(record -> record.partition() == partition)
                    .mapToLong(Log.Landed::offset)
                    .min()
                    .orElse(position);
            instance.service.commit(partition, new Service.Committed(handed, metadata, (BitSet) instance.past.clone()));
        });
    }

    private void publish(Instance instance) {
        int partition = instance.service.outputs.get(random.nextInt(instance.service.outputs.size()));
        if (instance.topicsKnown.add(log.topicOf(partition))) {
            inheritFrom(instance, log.topicOf(partition));
        }
        Optional<VectorClock> early = holds(Rule.ONE_STEP) ? Optional.empty() : Optional.of(instance.clock.clock());
        if (early.isPresent() && !instance.batch.isEmpty()) {
            hand(instance, instance.batch.remove());
            append(instance, partition, stamp(instance));
        }
        Stamp stamp = stamp(instance);
        append(instance, partition, early.isEmpty() ? stamp : withClock(stamp, early.get()));
        if (forgetSteps > 0 && !holds(Rule.KEPT_IN_MEMORY)) {
            SharedClock forgetful = new SharedClock(instance.clock.process(), forgetSteps * HOUR_MS);
            forgetful.recover(instance.clock.knowledge(nowMs()).raisedSince(nowMs() - forgetSteps * HOUR_MS), nowMs());
            instance.clock = forgetful;
        }
    }

    private void inheritFrom(Instance instance, int topic) {
        for (int p = 0; p < log.size(); p++) {
            if (log.topicOf(p) == topic) {
                log.of(p).stream()
                        .filter(record -> ClockRecovery.inherits(instance.clock.process(), record.stamp()))
                        .forEach(record -> take(instance, record, holds(Rule.OUTPUT_TAIL)));
            }
        }
    }

    private Stamp stamp(Instance instance) {
        Stamp stamp = instance.clock.stamp(nowMs());
        if (instance.again.isPresent()) {
            Stamp given = instance.again.get();
            instance.again = Optional.empty();
            return withClock(given, stamp.clock());
        }
        return stamp;
    }

    private static Stamp withClock(Stamp stamp, VectorClock clock) {
        Map<ProcessId, Long> entries = new HashMap<>(clock.entries());
        entries.put(stamp.dot().process(), stamp.dot().counter());
        Dot dot = stamp.dot();
        return new Stamp(dot, VectorClock.of(entries), stamp.lamport());
    }

    private void append(Instance instance, int partition, Stamp stamp) {
        int index = past.size();
        past.add((BitSet) instance.past.clone());
        instance.past.set(index);
        Instance.Pending record = new Instance.Pending(index, stamp, partition, step);
        boolean fails = random.nextInt(25) == 0;
        if (fails && !holds(Rule.COUNTER_GIVEN_ONCE)) {
            instance.again = Optional.of(stamp);
        }
        if (fails && random.nextBoolean()) {
            return; // refused; otherwise it timed out, and lands all the same
        }
        if (instance.transaction.isEmpty() && random.nextInt(6) == 0) {
            instance.transaction = Optional.of(new ArrayList<>());
        }
        instance.transaction.orElse(instance.pending).add(record);
    }

    private void endTransaction(Instance instance) {
        if (random.nextInt(3) > 0) {
            instance.pending.addAll(instance.transaction.orElseThrow());
        }
        instance.transaction = Optional.empty();
    }

    /** Lets stamped records reach the log, in any order, until so few are left. */
    private void land(Instance instance, int left) {
        while (instance.pending.size() > left) {
            Instance.Pending record = instance.pending.remove(random.nextInt(instance.pending.size()));
            log.land(record, record.partition(), step, isBase64);
        }
    }
}
