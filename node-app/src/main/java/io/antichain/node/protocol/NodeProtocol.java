package io.antichain.node.protocol;

import io.antichain.clocks.ProcessId;
import io.antichain.node.protocol.Order.Kind;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.NodeView.HeldBack;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The whole of what a node does: it is told what happened and answers with what to do next. One instance is one life of a
 * program; a crash forgets it.
 *
 * <ol>
 *   <li>A name is fenced before its log is read back, and read back before anything is published.
 *   <li>The state moves on when a transaction is committed, never before: one that fails has changed nothing.
 *   <li>What is unknown is not guessed: after every failure the log is read back.
 *   <li>Who has not joined publishes nothing. Joined is who announced itself in every partition and delivered everything
 *       before that; a checkpoint that says so is believed, until the process leaves.
 *   <li>Between {@link Effect.Commit} and its outcome it is told nothing else.
 * </ol>
 */
public final class NodeProtocol {
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LAST_BACKOFF_MS = 5_000;

    private final ProtocolSettings settings;
    private final CausalDelivery delivery;
    private final Repeats repeats;
    private final Heartbeats heartbeats;
    private final Syncs syncs = new Syncs();

    private Optional<NodeState> state = Optional.empty();
    private Optional<Barrier> joining = Optional.empty();
    private Optional<Flight> flight = Optional.empty();
    private Condition condition = Condition.RECOVERING;
    private String reason = "The node starts and reads back what it knew";
    private List<Effect> effects = new ArrayList<>();
    private List<Integer> partitions = List.of();
    private long backoffMs = FIRST_BACKOFF_MS;
    private boolean paused;
    private boolean stopping;

    public NodeProtocol(ProtocolSettings settings) {
        this.settings = settings;
        this.delivery = new CausalDelivery(settings.maxHeld());
        this.repeats = new Repeats(settings.maxRepeatKeys());
        this.heartbeats = new Heartbeats(settings.heartbeatMs());
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
    public List<Effect> recovered(Found found, Moment now) {
        NodeState log = found.checkpoint()
                .map(checkpoint -> NodeState.recovered(settings.rules(), checkpoint))
                .orElseGet(() -> NodeState.newborn(
                        settings.rules(), new ProcessId(settings.process(), found.highestIncarnation() + 1)));
        // Within a life, that together with what was delivered since, so that no clock falls.
        NodeState known = state.filter(before -> before.process().equals(log.process()))
                .map(before -> before.merge(log).withJoined(log.joined()))
                .orElse(log);
        state = Optional.of(known);
        partitions = IntStream.range(0, found.partitions()).boxed().toList();
        delivery.restart(known, found.partitions());
        heartbeats.restart(found.partitions(), now.steadyMs());
        repeats.recovered(known);
        effects.add(new Effect.StartReading(known.positions()));
        if (known.joined()) {
            becomeReady();
        } else {
            join(known, now);
        }
        return taken();
    }

    /** The log could not be read back: Kafka or the registry is away. */
    public List<Effect> notRecovered(String why) {
        become(Condition.RECOVERING, "Kafka and the schema registry must answer: " + why);
        return openAgain();
    }

    /** Another node took the name over. */
    public List<Effect> fenced() {
        become(
                Condition.FENCED,
                "One node at a time has a process name: process=" + settings.process()
                        + " is taken over by another; this one has ended, start it under another name");
        effects.add(new Effect.End(true));
        return taken();
    }

    /** The node is free to act: it delivers, follows orders, and commits what waits in one transaction. */
    public List<Effect> turn(Turn turn, Moment now) {
        if (!turn.reads().isEmpty()) {
            deliver(turn.reads());
        }
        List<Order> wanted = follow(turn.orders());
        Batch batch = new Batch(known(), now.wallMs());
        List<Flight.Stamped> stamped = stamp(turn.publishes(), batch);
        boolean everywhere = !wanted.isEmpty() || delivery.mustAsk(paused, now);
        batch.heartbeats(everywhere ? partitions : heartbeats.due(now.steadyMs()));
        if (!batch.isEmpty()) {
            commit(new Flight(Flight.Purpose.WORK, batch, stamped, wanted, everywhere));
        }
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

    /** Nothing waits any more, and the node was told to stop: it leaves. */
    public List<Effect> leave(Moment now) {
        Batch batch = new Batch(known(), now.wallMs());
        batch.leaves(partitions);
        commit(new Flight(Flight.Purpose.LEAVE, batch, List.of(), List.of(), false));
        return taken();
    }

    /** The transaction is committed; {@code places} are those of its records, in order. */
    public List<Effect> committed(List<Place> places, Moment now) {
        Flight landed = flight.orElseThrow();
        flight = Optional.empty();
        state = Optional.of(landed.batch().state());
        heartbeats.committed(places, now.steadyMs());
        show();
        landed.answer(places, repeats, effects);
        if (landed.everywhere()) {
            Barrier barrier = Barrier.at(places.subList(places.size() - partitions.size(), places.size()));
            delivery.ask(barrier);
            if (landed.purpose() == Flight.Purpose.JOIN) {
                joining = Optional.of(barrier);
            } else if (!landed.syncs().isEmpty()) {
                syncs.await(barrier, landed.syncs());
            }
        }
        if (landed.purpose() == Flight.Purpose.LEAVE) {
            effects.add(new Effect.End(false));
        }
        return taken();
    }

    /** The transaction failed, or its outcome is not known. */
    public List<Effect> failed(String why) {
        RefusedException refusal = Refusals.aborted(why);
        flight.ifPresent(lost -> lost.refuse(refusal, repeats, effects));
        flight = Optional.empty();
        joining = Optional.empty();
        syncs.takeAll().forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), refusal)));
        become(Condition.RECOVERING, "The last transaction failed, and the log is read again: " + why);
        effects.add(new Effect.Abort());
        return openAgain();
    }

    private List<Effect> openAgain() {
        if (stopping) {
            effects.add(new Effect.End(false));
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

    private void join(NodeState known, Moment now) {
        // Who recovers under another incarnation while paused has to deliver to join.
        paused = false;
        become(Condition.JOINING, "The node delivers everything before its announcement");
        Batch announcement = new Batch(known, now.wallMs());
        announcement.heartbeats(partitions);
        commit(new Flight(Flight.Purpose.JOIN, announcement, List.of(), List.of(), true));
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
        if (joining.isPresent()
                && joining.get().isBehind(at -> after.positions().getOrDefault(at, 0L))) {
            joining = Optional.empty();
            state = Optional.of(after.withJoined(true));
            becomeReady();
        } else {
            show();
        }
        syncs.takePassed(after).forEach(sync -> effects.add(new Effect.AnswerView(sync.ticket(), view())));
    }

    /** Does what is asked, and returns the syncs, which need a heartbeat. */
    private List<Order> follow(List<Order> orders) {
        List<Order> wanted = new ArrayList<>();
        for (Order order : orders) {
            if (condition != Condition.READY) {
                effects.add(new Effect.Refuse(order.ticket(), Refusals.notReady(view())));
            } else if (order.kind() == Kind.PAUSE || order.kind() == Kind.RESUME) {
                paused = order.kind() == Kind.PAUSE;
                show();
                effects.add(new Effect.AnswerView(order.ticket(), view()));
            } else {
                wanted.add(order);
            }
        }
        if (paused) {
            wanted.addAll(syncs.takeAll());
            wanted.forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), Refusals.paused())));
            wanted.clear();
        }
        return wanted;
    }

    private List<Flight.Stamped> stamp(List<Publish> publishes, Batch batch) {
        Flight.Stamping stamping = new Flight.Stamping(batch, repeats, effects);
        boolean joined = known().joined() && (condition == Condition.READY || condition == Condition.STOPPING);
        for (Publish publish : publishes) {
            if (joined) {
                stamping.take(publish);
            } else {
                effects.add(new Effect.Refuse(publish.ticket(), Refusals.notReady(view())));
            }
        }
        return stamping.stamped();
    }

    private void commit(Flight taken) {
        flight = Optional.of(taken);
        effects.add(new Effect.Commit(taken.batch().transaction()));
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
