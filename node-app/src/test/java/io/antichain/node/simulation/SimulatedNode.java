package io.antichain.node.simulation;

import io.antichain.clocks.ProcessId;
import io.antichain.node.protocol.Command;
import io.antichain.node.protocol.Effect;
import io.antichain.node.protocol.Moment;
import io.antichain.node.protocol.NodeProtocol;
import io.antichain.node.protocol.OwnCheckpoints;
import io.antichain.node.protocol.OwnPast;
import io.antichain.node.protocol.ProtocolSettings;
import io.antichain.node.protocol.Publish;
import io.antichain.node.protocol.Read;
import io.antichain.node.protocol.Turn;
import io.antichain.node.request.Condition;
import io.antichain.node.simulation.SimulatedLog.Entry;
import io.antichain.node.simulation.Truth.Knowledge;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One life of a program that hosts a node: the protocol, and around it what the node's Kafka side does, step by step. */
final class SimulatedNode {
    final String name;
    final NodeProtocol protocol;
    final ProtocolSettings settings;
    Knowledge knowledge = new Knowledge();
    boolean frozen;
    boolean ended;

    private final SimulatedLog log;
    private final Truth truth;
    private final Invariants invariants;
    private final Random random;
    private final Deque<Effect> todo = new ArrayDeque<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Publish> publishes = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final long[] next;
    private final int speed;
    private Set<Integer> unread = Set.of();
    private boolean reading;
    private boolean stopping;
    private boolean told;
    private Optional<Integer> epoch = Optional.empty();
    private Optional<SimulatedCommit> commit = Optional.empty();
    private long[] readBackTo;
    private BitSet committedAtFencing = new BitSet();

    SimulatedNode(ProtocolSettings settings, SimulatedLog log, Truth truth, Invariants invariants, Random random) {
        this.name = settings.process();
        this.settings = settings;
        this.protocol = new NodeProtocol(settings);
        this.log = log;
        this.truth = truth;
        this.invariants = invariants;
        this.random = random;
        this.next = new long[log.eventPartitions()];
        this.speed = 1 + random.nextInt(6);
        todo.addAll(protocol.start());
    }

    boolean isReady() {
        return !ended && protocol.condition() == Condition.READY;
    }

    boolean isIdle() {
        return todo.isEmpty() && publishes.isEmpty() && commands.isEmpty() && reads.isEmpty() && hasReadEverything();
    }

    void ask(Publish publish) {
        publishes.add(publish);
    }

    void ask(Command command) {
        commands.add(command);
    }

    void stop() {
        stopping = true;
    }

    /** Does the next thing; faults strike only if {@code faulty}. */
    void step(Moment now, boolean faulty) {
        Condition before = protocol.condition();
        if (commit.isPresent()) {
            sendOn(now, faulty);
        } else if (!todo.isEmpty()) {
            perform(todo.remove(), now, faulty);
        } else if (reading && random.nextInt(3) > 0 && !hasReadEverything()) {
            read();
        } else {
            takeTurn(now);
        }
        while (!todo.isEmpty() && isImmediate(todo.peek())) {
            perform(todo.remove(), now, faulty);
        }
        if (!ended) {
            invariants.afterStep(this);
        }
        if (before == Condition.JOINING && protocol.condition() == Condition.READY) {
            invariants.joined(this, committedAtFencing);
        }
    }

    private void takeTurn(Moment now) {
        if (stopping && !told) {
            told = true;
            todo.addAll(protocol.stop());
            return;
        }
        if (stopping && publishes.isEmpty() && commands.isEmpty()) {
            todo.addAll(protocol.leave());
            return;
        }
        List<Read> delivered = protocol.paused() ? List.of() : List.copyOf(reads);
        Turn turn = new Turn(commands, delivered, publishes);
        reads.removeAll(delivered);
        commands.clear();
        publishes.clear();
        todo.addAll(protocol.turn(turn, now));
    }

    private void perform(Effect effect, Moment now, boolean faulty) {
        if (effect instanceof Effect.Fence) {
            epoch = Optional.of(log.init(name, this));
            committedAtFencing = invariants.committedEverywhere();
        } else if (effect instanceof Effect.ReadBack) {
            readBack(now);
        } else if (effect instanceof Effect.StartReading start) {
            for (int partition = 0; partition < next.length; partition++) {
                next[partition] = start.positions().get(partition);
            }
            reads.clear();
            unread = Set.of();
            reading = true;
        } else if (effect instanceof Effect.HoldReading hold) {
            unread = hold.partitions();
        } else if (effect instanceof Effect.Commit transaction) {
            invariants.beforeCommit(this, transaction.transaction());
            commit = Optional.of(new SimulatedCommit(this, log, transaction.transaction(), random));
        } else if (effect instanceof Effect.DescribeTopic) {
            boolean answered = !faulty || random.nextInt(30) > 0;
            boolean paused = protocol.paused();
            List<Effect> next = answered ? protocol.described(log.eventsLog(), now) : protocol.failed("simulated");
            Invariants.holds(
                    "aPausedNodeDeliversNothing",
                    !paused || next.stream().noneMatch(Effect.Delivered.class::isInstance),
                    name);
            todo.addAll(next);
        } else if (effect instanceof Effect.Abort) {
            abort(faulty);
        } else if (effect instanceof Effect.Wait) {
            publishes.clear();
            commands.clear();
            ended |= stopping;
        } else if (effect instanceof Effect.End) {
            ended = true;
        } else {
            outcome(effect);
        }
    }

    private void outcome(Effect effect) {
        if (effect instanceof Effect.Delivered delivered) {
            invariants.beforeDelivery(this, delivered.event());
            truth.deliver(delivered.event(), protocol.state().orElseThrow().process(), knowledge);
        } else if (effect instanceof Effect.OutOfOrder early) {
            invariants.outOfOrder(this, early.event());
        } else if (effect instanceof Effect.Answer answer) {
            invariants.answered(answer);
        } else if (effect instanceof Effect.AnswerView answer) {
            invariants.answered(this, answer);
        } else if (effect instanceof Effect.Refuse refuse) {
            invariants.refused(refuse);
        } else if (effect instanceof Effect.Rejected rejected) {
            throw new AssertionError("An honest message was rejected: " + rejected);
        }
    }

    /** Up to the high watermark of every partition that is read, waiting for open transactions. */
    private void readBack(Moment now) {
        if (readBackTo == null) {
            readBackTo = new long[log.eventPartitions() + 1];
            for (int partition = 0; partition < readBackTo.length; partition++) {
                readBackTo[partition] = log.highWatermark(partition);
            }
        }
        for (int partition = 0; partition < readBackTo.length; partition++) {
            if (log.lastStableOffset(partition) < readBackTo[partition]) {
                todo.addFirst(new Effect.ReadBack());
                return;
            }
        }
        OwnCheckpoints own = new OwnCheckpoints();
        List<Entry> entries = log.checkpoints(name, readBackTo[log.eventPartitions()]);
        for (Entry entry : entries) {
            if (log.isUnreadable(entry)) {
                own.unreadable(0, entry.offset(), "simulated");
            } else {
                own.read(0, entry.checkpoint());
            }
        }
        Optional<ClockCheckpoint> newest = own.newest();
        Optional<Event> newestOwn = newest.flatMap(checkpoint -> newestOwn(checkpoint, readBackTo));
        int highest = newest.isPresent() ? -1 : highestIncarnation(readBackTo);
        readBackTo = null;
        boolean broken = !entries.isEmpty() && log.isUnreadable(entries.get(entries.size() - 1));
        if (!broken) {
            know(newest.map(ClockCheckpoint::process).orElse(new ProcessId(name, highest + 1)), entries, newestOwn);
        }
        todo.addAll(protocol.recovered(new OwnPast(log.eventsLog(), own, newestOwn, highest), now));
        invariants.noOlderCheckpointIsBelieved(this, broken);
    }

    /** By the truth: what the newest checkpoint covers, and what the process had published behind it. */
    private void know(ProcessId process, List<Entry> entries, Optional<Event> newestOwn) {
        boolean sameProcess =
                protocol.state().map(state -> state.process().equals(process)).orElse(true);
        knowledge = sameProcess ? knowledge : new Knowledge();
        if (!entries.isEmpty()) {
            knowledge.add(entries.get(entries.size() - 1).txn().after);
        }
        newestOwn.ifPresent(event -> truth.deliver(event, event.process(), knowledge));
    }

    private Optional<Event> newestOwn(ClockCheckpoint checkpoint, long[] ends) {
        Event newest = null;
        for (int partition = 0; partition < log.eventPartitions(); partition++) {
            for (long offset = checkpoint.positions().getOrDefault(partition, 0L); offset < ends[partition]; offset++) {
                Event event = log.visible(partition, offset).map(Entry::event).orElse(null);
                if (event != null
                        && event.process().equals(checkpoint.process())
                        && !log.broken.get(Truth.message(event))
                        && (newest == null || newest.counter() < event.counter())) {
                    newest = event;
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    private int highestIncarnation(long[] ends) {
        int[] highest = {-1};
        for (int partition = 0; partition < log.eventPartitions(); partition++) {
            for (long offset = 0; offset < ends[partition]; offset++) {
                log.visible(partition, offset).ifPresent(entry -> {
                    Event event = entry.event();
                    if (event.process().name().equals(name)) {
                        highest[0] = Math.max(highest[0], event.process().incarnation());
                    }
                    event.clock()
                            .ifPresent(clock -> clock.forEach((process, counter) -> {
                                if (process.name().equals(name)) {
                                    highest[0] = Math.max(highest[0], process.incarnation());
                                }
                            }));
                });
            }
        }
        return highest[0];
    }

    private void sendOn(Moment now, boolean faulty) {
        SimulatedCommit sending = commit.orElseThrow();
        sending.step(faulty);
        if (sending.places().isPresent()) {
            commit = Optional.empty();
            todo.addAll(protocol.committed(sending.places().get(), now));
        } else if (sending.failed()) {
            commit = Optional.empty();
            todo.addAll(protocol.failed("simulated"));
        }
    }

    private void abort(boolean faulty) {
        reading = false;
        reads.clear();
        boolean rival = log.hasRival(name, this);
        boolean inconclusive = faulty && random.nextInt(4) == 0;
        if (!rival && !inconclusive && !isFenced()) {
            log.abort(name);
        }
        if (rival && !inconclusive && epoch.isPresent()) {
            todo.clear();
            todo.addAll(protocol.fenced());
        }
    }

    boolean isFenced() {
        return epoch.isPresent() && epoch.get() != log.epoch(name);
    }

    private void read() {
        int partition = random.nextInt(next.length);
        if (unread.contains(partition)) {
            return;
        }
        long end = Math.min(log.lastStableOffset(partition), next[partition] + speed);
        for (; next[partition] < end; next[partition]++) {
            Optional<Entry> entry = log.visible(partition, next[partition]);
            Optional<Event> event = entry.map(Entry::event).filter(each -> !log.broken.get(Truth.message(each)));
            if (event.isPresent() || next[partition] == end - 1) {
                reads.add(new Read(event, partition, next[partition]));
            }
        }
    }

    private boolean hasReadEverything() {
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] < log.lastStableOffset(partition)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name + " " + protocol.condition() + ", next=" + todo.peek() + ", reads=" + reads.size() + ", state="
                + protocol.state();
    }

    private static boolean isImmediate(Effect effect) {
        return effect instanceof Effect.Show
                || effect instanceof Effect.Delivered
                || effect instanceof Effect.OutOfOrder
                || effect instanceof Effect.Answer
                || effect instanceof Effect.AnswerView
                || effect instanceof Effect.Refuse
                || effect instanceof Effect.HoldReading;
    }
}
