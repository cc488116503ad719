package io.antichain.node.protocol;

import io.antichain.clocks.ProcessId;
import io.antichain.node.protocol.Command.Kind;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.NodeView.HeldBack;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.NodeState;
import io.antichain.node.state.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of what a node does: it is told what happened and answers with what to do next. One instance is one life of a
 * program; a crash forgets it.
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
 */
public final class NodeProtocol {
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LAST_BACKOFF_MS = 5_000;

    private final ProtocolSettings settings;
    private final CausalDelivery delivery;
    private final Repeats repeats;
    private final Syncs syncs = new Syncs();

    private Optional<NodeState> state = Optional.empty();
    private Optional<Map<Integer, Long>> joining = Optional.empty();
    private Optional<PendingTransaction> pending = Optional.empty();
    private Condition condition = Condition.RECOVERING;
    private String reason = "The node starts and reads back what it knew";
    private List<Effect> effects = new ArrayList<>();
    private int partitions;
    private long committedMs;
    private long describedMs;
    private long backoffMs = FIRST_BACKOFF_MS;
    private boolean paused;
    private boolean stopping;

    public NodeProtocol(ProtocolSettings settings) {
        this.settings = settings;
        this.delivery = new CausalDelivery(settings.maxHeldBytes());
        this.repeats = new Repeats(settings.maxRepeatKeys());
    }

    /** How far it is. */
    public Condition condition() {
        return condition;
    }

    /** What it knows; empty until it has read that back once. */
    public Optional<NodeState> state() {
        return state;
    }

    /** Whether it delivers nothing for now: no turn may have reads then. */
    public boolean paused() {
        return paused;
    }

    /** The program starts. */
    public List<Effect> start() {
        show();
        openSession();
        return taken();
    }

    /** The name is this node's alone, and this is what the log holds of it. */
    public List<Effect> recovered(OwnPast past, Moment now) {
        Optional<String> doubt = past.checkpoints().doubt();
        if (doubt.isPresent()) {
            return unreadable(
                    doubt.get() + "; start under another name with --process, or, to give up what this one knew,"
                            + " write a record with its name as key and no value to the clocks topic");
        }
        NodeState known = known(past);
        Optional<String> contradiction = known.reading().contradiction(past.log());
        if (contradiction.isPresent() && !settings.acceptNewTopic()) {
            return anotherLog(contradiction.get());
        }
        known = contradiction.isPresent()
                ? known.withReading(Reading.fromStart(past.log())).withJoined(false)
                : known.reading(past.log());
        state = Optional.of(known);
        partitions = past.log().partitions();
        delivery.restart(known, partitions);
        repeats.recovered(known);
        committedMs = now.steadyMs();
        describedMs = now.steadyMs();
        effects.add(new Effect.StartReading(known.reading().positions()));
        if (known.joined()) {
            becomeReady();
        } else {
            // Who recovers under another incarnation while paused has to deliver to join.
            paused = false;
            become(Condition.JOINING, "The node delivers what was committed before its start");
            effects.add(new Effect.DescribeTopic());
        }
        return taken();
    }

    private NodeState known(OwnPast past) {
        NodeState log = past.checkpoints()
                .newest()
                .map(checkpoint -> NodeState.recovered(settings.rules(), checkpoint))
                .orElseGet(() -> NodeState.newborn(
                        settings.rules(), new ProcessId(settings.process(), past.highestIncarnation() + 1)));
        NodeState whole = past.newestOwn().map(own -> log.deliver(own).next()).orElse(log);
        // Within a life, that together with what was delivered since, so that no clock falls.
        return state.filter(before -> before.process().equals(whole.process()))
                .map(before -> before.merge(whole).withJoined(whole.joined()))
                .orElse(whole);
    }

    /** The log could not be read back: Kafka or the registry is away. */
    public List<Effect> notRecovered(String why) {
        become(Condition.RECOVERING, "Kafka and the schema registry must answer: " + why);
        return openAgain();
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
        if (!turn.reads().isEmpty()) {
            deliver(turn.reads());
        }
        turn.commands().forEach(this::follow);
        if (paused) {
            syncs.takeAll().forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), Refusals.paused())));
        }
        proceed(stamp(turn.publishes(), now), now);
        return taken();
    }

    /** This is the events topic now. */
    public List<Effect> described(EventsLog log, Moment now) {
        Optional<String> contradiction = known().reading().contradiction(log);
        if (contradiction.isPresent() && !settings.acceptNewTopic()) {
            return anotherLog(contradiction.get());
        }
        if (contradiction.isPresent() || log.partitions() != partitions) {
            return failed("The events topic has changed: partitions=" + log.partitions() + ", read=" + partitions);
        }
        describedMs = now.steadyMs();
        delivery.ask(log.ends());
        syncs.await(log.ends());
        if (condition == Condition.JOINING && joining.isEmpty()) {
            joining = Optional.of(log.ends());
        }
        if (!paused) {
            deliver(List.of());
        }
        proceed(stamp(List.of(), now), now);
        return taken();
    }

    /** From now on nothing new is taken on. */
    public List<Effect> stop() {
        stopping = true;
        if (condition == Condition.READY || condition == Condition.JOINING) {
            become(Condition.STOPPING, "it finishes what it accepted");
        }
        return taken();
    }

    /** Nothing waits any more, and the node was told to stop: it leaves, so that its next life joins again. */
    public List<Effect> leave() {
        commit(new PendingTransaction(PendingTransaction.Purpose.LEAVE, List.of(), known().withJoined(false)));
        return taken();
    }

    /** The transaction is committed; {@code places} are those of its messages, in order. */
    public List<Effect> committed(List<Place> places, Moment now) {
        PendingTransaction landed = pending.orElseThrow();
        pending = Optional.empty();
        state = Optional.of(landed.after());
        committedMs = now.steadyMs();
        switch (landed.purpose()) {
            case JOIN -> becomeReady();
            case WORK -> show();
            case LEAVE -> effects.add(new Effect.End(new NodeEnd(NodeEnd.Kind.LEFT, "it has stopped")));
        }
        landed.answer(places, repeats, effects);
        if (landed.purpose() != PendingTransaction.Purpose.LEAVE) {
            proceed(stamp(List.of(), now), now);
        }
        return taken();
    }

    /** The transaction failed, or its outcome is not known; or the events topic could not be described. */
    public List<Effect> failed(String why) {
        RefusedException refusal = Refusals.aborted(why);
        pending.ifPresent(lost -> lost.refuse(refusal, repeats, effects));
        pending = Optional.empty();
        joining = Optional.empty();
        syncs.takeAll().forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), refusal)));
        become(
                Condition.RECOVERING,
                "The last transaction or look at the log failed, and the log is read again: " + why);
        effects.add(new Effect.Abort());
        return openAgain();
    }

    private List<Effect> openAgain() {
        if (stopping) {
            effects.add(new Effect.End(new NodeEnd(NodeEnd.Kind.LEFT, "it has stopped")));
        } else {
            effects.add(new Effect.Wait(backoffMs));
            backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
            openSession();
        }
        return taken();
    }

    private void openSession() {
        effects.add(new Effect.Fence());
        effects.add(new Effect.ReadBack());
    }

    private void becomeReady() {
        backoffMs = FIRST_BACKOFF_MS;
        become(stopping ? Condition.STOPPING : Condition.READY, stopping ? "it finishes what it accepted" : "");
    }

    private void deliver(List<Read> reads) {
        int before = effects.size();
        NodeState after = delivery.deliver(known(), reads, effects);
        for (Effect effect : effects.subList(before, effects.size())) {
            if (effect instanceof Effect.Delivered delivered) {
                repeats.delivered(delivered.event(), delivered.place());
            }
        }
        state = Optional.of(after);
        if (condition == Condition.JOINING && joining.isPresent()) {
            reason = "The node delivers what was committed before its start: behind="
                    + after.reading().behind(joining.get()) + " offsets; it publishes after that";
        }
        show();
        syncs.takeReached(after.reading()).forEach(sync -> effects.add(new Effect.AnswerView(sync.ticket(), view())));
    }

    /** Commits what was stamped, or else what is due; what has an outcome stands last, so one thing at a time. */
    private void proceed(PendingTransaction work, Moment now) {
        boolean due = now.steadyMs() - committedMs >= settings.heartbeatMs();
        if (joining.filter(known().reading()::hasReached).isPresent()) {
            joining = Optional.empty();
            commit(new PendingTransaction(PendingTransaction.Purpose.JOIN, List.of(), known().withJoined(true)));
        } else if (due || !work.stamped().isEmpty()) {
            commit(work);
        } else if (mustDescribe(now)) {
            effects.add(new Effect.DescribeTopic());
        }
    }

    private boolean mustDescribe(Moment now) {
        return syncs.mustAsk()
                || delivery.mustAsk(paused, now)
                || now.steadyMs() - describedMs >= settings.heartbeatMs();
    }

    private void follow(Command command) {
        if (condition != Condition.READY) {
            effects.add(new Effect.Refuse(command.ticket(), Refusals.notReady(view())));
        } else if (command.kind() == Kind.SYNC) {
            syncs.add(command);
        } else {
            paused = command.kind() == Kind.PAUSE;
            show();
            effects.add(new Effect.AnswerView(command.ticket(), view()));
        }
    }

    private PendingTransaction stamp(List<Publish> publishes, Moment now) {
        Stamping stamping = new Stamping(known(), now.wallMs(), repeats, effects);
        boolean joined = known().joined() && (condition == Condition.READY || condition == Condition.STOPPING);
        for (Publish publish : publishes) {
            if (joined) {
                stamping.take(publish);
            } else {
                effects.add(new Effect.Refuse(publish.ticket(), Refusals.notReady(view())));
            }
        }
        return stamping.pending();
    }

    private void commit(PendingTransaction taken) {
        pending = Optional.of(taken);
        effects.add(new Effect.Commit(taken.transaction()));
    }

    private List<Effect> anotherLog(String contradiction) {
        return unreadable(
                contradiction + "; bring the old log back, or start with --accept-new-topic: the node then keeps"
                        + " its counter and reads this log from its start");
    }

    private List<Effect> unreadable(String sentence) {
        return end(NodeEnd.Kind.UNREADABLE, sentence);
    }

    private List<Effect> end(NodeEnd.Kind kind, String sentence) {
        become(kind == NodeEnd.Kind.FENCED ? Condition.FENCED : Condition.FAILED, sentence);
        effects.add(new Effect.End(new NodeEnd(kind, sentence)));
        return taken();
    }

    private NodeState known() {
        return state.orElseThrow(() -> new IllegalStateException("A node acts once it has recovered"));
    }

    private void become(Condition condition, String reason) {
        this.condition = condition;
        this.reason = reason;
        show();
    }

    private void show() {
        effects.add(new Effect.Show(view()));
    }

    private NodeView view() {
        HeldBack held = state.map(delivery::view).orElse(HeldBack.NOTHING);
        return new NodeView(state, paused, condition, reason, held);
    }

    private List<Effect> taken() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
