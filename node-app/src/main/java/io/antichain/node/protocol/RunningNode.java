package io.antichain.node.protocol;

import io.antichain.node.protocol.Command.Kind;
import io.antichain.node.protocol.PendingTransaction.Purpose;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node between a recovery and the next failure: it delivers, joins, follows commands, stamps and commits. The rules that
 * it cites are those of {@link NodeProtocol}.
 */
final class RunningNode {
    private final ProtocolSettings settings;
    private final NodeStatus status;
    private final CausalDelivery delivery;
    private final Repeats repeats;
    private final List<Effect> effects;
    private final int partitions;
    private final Syncs syncs = new Syncs();

    private Optional<Map<Integer, Long>> joining = Optional.empty();
    private Optional<PendingTransaction> pending = Optional.empty();
    private long committedMs;
    private long describedMs;

    /**
     * @param effects takes what is to be done
     * @param partitions how many partitions of the events topic are read
     */
    RunningNode(
            ProtocolSettings settings,
            NodeStatus status,
            CausalDelivery delivery,
            Repeats repeats,
            List<Effect> effects,
            int partitions,
            Moment now) {
        this.settings = settings;
        this.status = status;
        this.delivery = delivery;
        this.repeats = repeats;
        this.effects = effects;
        this.partitions = partitions;
        this.committedMs = now.steadyMs();
        this.describedMs = now.steadyMs();
    }

    int partitions() {
        return partitions;
    }

    void turn(Turn turn, Moment now) {
        if (!turn.reads().isEmpty()) {
            deliver(turn.reads());
        }
        turn.commands().forEach(this::follow);
        if (status.paused()) {
            syncs.takeAll().forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), Refusals.paused())));
        }
        proceed(stamp(turn.publishes(), now), now);
    }

    /** @param log the events topic now, which is the one that is read */
    void described(EventsLog log, Moment now) {
        describedMs = now.steadyMs();
        delivery.ask(log.ends());
        syncs.await(log.ends());
        if (status.condition() == Condition.JOINING && joining.isEmpty()) {
            joining = Optional.of(log.ends()); // rule 4: taken after the name was fenced
        }
        if (!status.paused()) {
            deliver(List.of());
        }
        proceed(stamp(List.of(), now), now);
    }

    void leave() {
        // rule 4: believed until the process stops in order
        commit(new PendingTransaction(Purpose.LEAVE, List.of(), status.known().withJoined(false)));
    }

    /** @param places where the messages of the pending transaction stand, in order */
    void committed(List<Place> places, Moment now) {
        PendingTransaction committed = pending.orElseThrow();
        pending = Optional.empty();
        status.know(committed.after()); // rule 2
        committedMs = now.steadyMs();
        switch (committed.purpose()) {
            case JOIN -> status.becomeReady();
            case WORK -> status.show();
            case LEAVE -> effects.add(new Effect.End(new NodeEnd(NodeEnd.Kind.LEFT, "it has stopped")));
        }
        committed.answer(places, repeats, effects);
        if (committed.purpose() != Purpose.LEAVE) {
            proceed(stamp(List.of(), now), now);
        }
    }

    /** Something failed: refuses whoever waits. This object is of no use any more. */
    void fail(RefusedException refusal) {
        pending.ifPresent(lost -> lost.refuse(refusal, repeats, effects)); // rule 2: its state is dropped with it
        syncs.takeAll().forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), refusal)));
    }

    private void deliver(List<Read> reads) {
        int before = effects.size();
        NodeState after = delivery.deliver(status.known(), reads, effects);
        for (Effect effect : effects.subList(before, effects.size())) {
            if (effect instanceof Effect.Delivered delivered) {
                repeats.delivered(delivered.event(), delivered.place());
            }
        }
        status.know(after);
        if (status.condition() == Condition.JOINING && joining.isPresent()) {
            status.explain("The node delivers what was committed before its start: behind="
                    + after.reading().behind(joining.get()) + " offsets; it publishes after that");
        }
        status.show();
        syncs.takeReached(after.reading())
                .forEach(sync -> effects.add(new Effect.AnswerView(sync.ticket(), status.view())));
    }

    private void follow(Command command) {
        if (status.condition() != Condition.READY) {
            effects.add(new Effect.Refuse(command.ticket(), Refusals.notReady(status.view())));
        } else if (command.kind() == Kind.SYNC) {
            syncs.add(command);
        } else {
            status.setPaused(command.kind() == Kind.PAUSE);
            status.show();
            effects.add(new Effect.AnswerView(command.ticket(), status.view()));
        }
    }

    private PendingTransaction stamp(List<Publish> publishes, Moment now) {
        TurnStamper stamper = new TurnStamper(status.known(), now.wallMs(), repeats, effects);
        boolean joined = status.known().joined()
                && (status.condition() == Condition.READY || status.condition() == Condition.STOPPING);
        for (Publish publish : publishes) {
            if (joined) {
                stamper.take(publish);
            } else {
                // rule 4
                effects.add(new Effect.Refuse(publish.ticket(), Refusals.notReady(status.view())));
            }
        }
        return stamper.pending();
    }

    /** Commits what was stamped, or else what is due. */
    private void proceed(PendingTransaction work, Moment now) {
        // rule 6: of the effects that have an outcome, one at most, and it stands last
        boolean due = now.steadyMs() - committedMs >= settings.heartbeatMs();
        if (joining.filter(status.known().reading()::hasReached).isPresent()) {
            joining = Optional.empty();
            // rule 4: whoever has delivered all that commits that it did
            commit(new PendingTransaction(
                    Purpose.JOIN, List.of(), status.known().withJoined(true)));
        } else if (due || !work.stamped().isEmpty()) {
            commit(work);
        } else if (mustDescribe(now)) {
            effects.add(new Effect.DescribeTopic());
        }
    }

    private boolean mustDescribe(Moment now) {
        return syncs.mustAsk()
                || delivery.mustAsk(status.paused(), now)
                || now.steadyMs() - describedMs >= settings.heartbeatMs();
    }

    private void commit(PendingTransaction transaction) {
        pending = Optional.of(transaction);
        effects.add(new Effect.Commit(transaction.transaction()));
    }
}
