package io.antichain.node.protocol;

import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.Refusals;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.NodeState;
import io.antichain.node.state.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole of what a node does: it is told what happened and answers with what to do next. One instance is one life of a
 * program; a crash forgets it. This class recovers and ends a node; {@link RunningNode} is what it does in between.
 *
 * <ol>
 *   <li>A name is fenced before its log is read back, and read back before anything is published.
 *   <li>The state moves on when a transaction is committed, never before: one that fails has changed nothing.
 *   <li>What is unknown is not guessed: after every failure the log is read back.
 *   <li>Who has not joined publishes nothing. Joined is who delivered everything up to the high watermarks taken after it was
 *       alone, and has committed that it did; a checkpoint that says so is believed, until the process stops in order.
 *   <li>An own checkpoint that cannot be read, and a log that is not the one that was read, end it: with an older or an empty
 *       past it would use dots again.
 *   <li>Between {@link Effect.Commit} or {@link Effect.DescribeTopic} and its outcome it is told nothing else.
 * </ol>
 *
 * The lines that keep a rule name it. Recorded runs stand beside the tests, in {@code scenarios/*.txt}.
 */
public final class NodeProtocol {
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LAST_BACKOFF_MS = 5_000;

    private final ProtocolSettings settings;
    private final CausalDelivery delivery;
    private final Repeats repeats;
    private final List<Effect> effects = new ArrayList<>();
    private final NodeStatus status;

    private Optional<RunningNode> running = Optional.empty();
    private long backoffMs = FIRST_BACKOFF_MS;

    public NodeProtocol(ProtocolSettings settings) {
        this.settings = settings;
        this.delivery = new CausalDelivery(settings.maxHeldBytes());
        this.repeats = new Repeats(settings.maxRepeatKeys());
        this.status = new NodeStatus(delivery, effects);
    }

    /** How far it is. */
    public Condition condition() {
        return status.condition();
    }

    /** What it knows; empty until it has read that back once. */
    public Optional<NodeState> state() {
        return status.state();
    }

    /** Whether it delivers nothing for now: no turn may have reads then. */
    public boolean paused() {
        return status.paused();
    }

    /** The program starts. */
    public List<Effect> start() {
        status.show();
        openSession();
        return taken();
    }

    /** The name is this node's alone, and this is what the log holds of it. */
    public List<Effect> recovered(OwnPast past, Moment now) {
        Optional<String> doubt = past.checkpoints().doubt();
        if (doubt.isPresent()) {
            // rule 5: no older checkpoint is believed instead
            return end(
                    NodeEnd.Kind.UNREADABLE,
                    doubt.get() + "; start under another name with --process, or, to give up what this one knew,"
                            + " write a record with its name as key and no value to the clocks topic");
        }
        NodeState read = past.state(settings, status.state());
        Optional<String> contradiction = read.reading().contradiction(past.log());
        if (contradiction.isPresent() && !settings.acceptNewTopic()) {
            return anotherLog(contradiction.get());
        }
        NodeState known = contradiction.isPresent()
                ? read.withReading(Reading.fromStart(past.log())).withJoined(false)
                : read.reading(past.log());
        run(known, past.log(), now);
        return taken();
    }

    private void run(NodeState known, EventsLog log, Moment now) {
        status.know(known);
        delivery.restart(known, log.partitions());
        repeats.recovered(known);
        running = Optional.of(new RunningNode(settings, status, delivery, repeats, effects, log.partitions(), now));
        effects.add(new Effect.StartReading(known.reading().positions()));
        if (known.joined()) {
            backoffMs = FIRST_BACKOFF_MS;
            status.becomeReady(); // rule 4: a checkpoint that says so is believed
        } else {
            // Who recovers under another incarnation while paused has to deliver to join.
            status.setPaused(false);
            status.become(Condition.JOINING, "The node delivers what was committed before its start");
            effects.add(new Effect.DescribeTopic());
        }
    }

    /** The log could not be read back: Kafka or the registry is away. */
    public List<Effect> notRecovered(String why) {
        status.become(Condition.RECOVERING, "Kafka and the schema registry must answer: " + why);
        openAgain(); // rule 3
        return taken();
    }

    /** Another node took the name over. */
    public List<Effect> fenced() {
        return end(
                NodeEnd.Kind.FENCED,
                "One node at a time has a process name: process=" + settings.process()
                        + " was taken over by another; this one has ended, start it under another name");
    }

    /** The node is free to act: it delivers, follows commands, and commits what waits in one transaction. */
    public List<Effect> turn(Turn turn, Moment now) {
        running().turn(turn, now);
        return taken();
    }

    /** This is the events topic now. */
    public List<Effect> described(EventsLog log, Moment now) {
        RunningNode node = running();
        Optional<String> contradiction = status.known().reading().contradiction(log);
        if (contradiction.isPresent() && !settings.acceptNewTopic()) {
            return anotherLog(contradiction.get());
        }
        if (contradiction.isPresent() || log.partitions() != node.partitions()) {
            return failed(
                    "The events topic has changed: partitions=" + log.partitions() + ", read=" + node.partitions());
        }
        node.described(log, now);
        return taken();
    }

    /** From now on nothing new is taken on. */
    public List<Effect> stop() {
        status.stop();
        if (condition() == Condition.READY || condition() == Condition.JOINING) {
            status.become(Condition.STOPPING, "it finishes what it accepted");
        }
        return taken();
    }

    /** Nothing waits any more, and the node was told to stop: it leaves, so that its next life joins again. */
    public List<Effect> leave() {
        running().leave();
        return taken();
    }

    /** The transaction is committed; {@code places} are those of its messages, in order. */
    public List<Effect> committed(List<Place> places, Moment now) {
        running().committed(places, now);
        if (condition() == Condition.READY) {
            backoffMs = FIRST_BACKOFF_MS;
        }
        return taken();
    }

    /** The transaction failed, or its outcome is not known; or the events topic could not be described. */
    public List<Effect> failed(String why) {
        running.ifPresent(node -> node.fail(Refusals.aborted(why)));
        running = Optional.empty();
        status.become(
                Condition.RECOVERING,
                "The last transaction or look at the log failed, and the log is read again: " + why);
        effects.add(new Effect.Abort());
        openAgain(); // rule 3
        return taken();
    }

    private void openAgain() {
        if (status.stopping()) {
            effects.add(new Effect.End(new NodeEnd(NodeEnd.Kind.LEFT, "it has stopped")));
        } else {
            effects.add(new Effect.Wait(backoffMs));
            backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
            openSession();
        }
    }

    private void openSession() {
        // rule 1: in this order; only recovered() starts what publishes
        effects.add(new Effect.Fence());
        effects.add(new Effect.ReadBack());
    }

    private RunningNode running() {
        return running.orElseThrow(() -> new IllegalStateException("A node acts once it has recovered")); // rule 1
    }

    private List<Effect> anotherLog(String contradiction) {
        // rule 5
        return end(
                NodeEnd.Kind.UNREADABLE,
                contradiction + "; bring the old log back, or start with --accept-new-topic: the node then keeps"
                        + " its counter and reads this log from its start");
    }

    private List<Effect> end(NodeEnd.Kind kind, String sentence) {
        status.become(kind == NodeEnd.Kind.FENCED ? Condition.FENCED : Condition.FAILED, sentence);
        effects.add(new Effect.End(new NodeEnd(kind, sentence)));
        return taken();
    }

    private List<Effect> taken() {
        List<Effect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }
}
