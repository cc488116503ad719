package io.antichain.node.kafka;

import io.antichain.node.kafka.Inbox.Turn;
import io.antichain.node.kafka.Input.Pause;
import io.antichain.node.kafka.Input.Publish;
import io.antichain.node.kafka.Input.Read;
import io.antichain.node.kafka.Input.Request;
import io.antichain.node.kafka.Input.Resume;
import io.antichain.node.kafka.Input.Sync;
import io.antichain.node.request.Condition;
import io.antichain.node.request.Published;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the writer thread does between two failures: turns, in each of which it delivers what was read, follows orders, and
 * commits the waiting messages in one transaction with the checkpoint. The state moves on only when that is committed.
 */
final class Shift {
    private static final long IDLE_MS = 1_000;

    private final Session session;
    private final Topics topics;
    private final Inbox inbox;
    private final Deliveries deliveries;
    private final Board board;
    private final NodeMetrics metrics;
    private final Clock wallClock;
    private final Syncs syncs = new Syncs();

    private NodeState state;
    private Optional<Barrier> joining = Optional.empty();
    private Turn turn = Turn.NOTHING;
    private boolean paused;

    /** @param state what is known so far */
    Shift(
            Session session,
            NodeState state,
            Topics topics,
            Inbox inbox,
            Deliveries deliveries,
            Board board,
            NodeMetrics metrics,
            Clock wallClock) {
        this.session = session;
        this.state = state;
        this.topics = topics;
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.board = board;
        this.metrics = metrics;
        this.wallClock = wallClock;
        this.paused = board.view().paused();
    }

    Session session() {
        return session;
    }

    /** What is known, published and delivered. */
    NodeState state() {
        return state;
    }

    /** Whether the process has announced itself in every partition and delivered everything before that. */
    boolean joined() {
        return state.joined();
    }

    /** Announces the process in every partition; whoever has delivered everything before that has joined. */
    void join() throws TransactionFailedException, InterruptedException {
        // A process that recovers under another incarnation while paused has to deliver to join.
        setPaused(false);
        Batch announcement = batch();
        announcement.heartbeats(session.partitions());
        joining = Optional.of(Barrier.at(commit(announcement).subList(0, session.partitions())));
    }

    /** Takes the next turn, after waiting for one for a while. */
    void take() throws TransactionFailedException, InterruptedException {
        turn = inbox.take(paused, IDLE_MS);
        deliver(turn.reads());
        publish(turn.publishes(), follow(turn.orders()));
        turn = Turn.NOTHING;
    }

    /** Writes the last record of an orderly stop into every partition. */
    void leave() throws TransactionFailedException, InterruptedException {
        Batch last = batch();
        last.leaves(session.partitions());
        commit(last);
    }

    /** Refuses everything taken on and not yet answered. */
    void refuse(RefusedException refusal) {
        turn.refuse(refusal);
        syncs.refuseAll(refusal);
    }

    private void deliver(List<Read> reads) {
        if (reads.isEmpty()) {
            return;
        }
        // In log order within each partition. Holding a record back until its causes in other partitions are delivered
        // belongs here, before it is merged.
        for (Read read : reads) {
            state = deliveries.deliver(state, read);
        }
        if (joining.isPresent() && joining.get().isPassed(state)) {
            joining = Optional.empty();
            state = state.withJoined(true);
        }
        board.know(state);
        syncs.settle(state, board.view());
    }

    /** Does what is asked, and returns the syncs, which need a heartbeat. */
    private List<Sync> follow(List<Request> orders) {
        List<Sync> wanted = new ArrayList<>();
        for (Request order : orders) {
            if (board.view().condition() != Condition.READY) {
                order.answer().completeExceptionally(Refusals.notReady(board.view()));
            } else if (order instanceof Pause pause) {
                setPaused(true);
                syncs.refuseAll(Refusals.paused());
                wanted.forEach(sync -> sync.answer().completeExceptionally(Refusals.paused()));
                wanted.clear();
                pause.answer().complete(board.view());
            } else if (order instanceof Resume resume) {
                setPaused(false);
                resume.answer().complete(board.view());
            } else if (paused) {
                order.answer().completeExceptionally(Refusals.paused());
            } else if (order instanceof Sync sync) {
                wanted.add(sync);
            }
        }
        return wanted;
    }

    private void setPaused(boolean paused) {
        this.paused = paused;
        board.pause(paused);
    }

    private void publish(List<Publish> publishes, List<Sync> wanted)
            throws TransactionFailedException, InterruptedException {
        if (!joined()) {
            publishes.forEach(publish -> publish.answer().completeExceptionally(Refusals.notReady(board.view())));
            return;
        }
        Batch batch = batch();
        List<Publish> stamped = stamp(publishes, batch);
        if (!wanted.isEmpty()) {
            batch.heartbeats(session.partitions());
        }
        if (batch.isEmpty()) {
            return;
        }
        List<RecordMetadata> places = commit(batch);
        metrics.published.increment(stamped.size());
        for (int i = 0; i < stamped.size(); i++) {
            RecordMetadata place = places.get(i);
            stamped.get(i).answer().complete(new Published(batch.events().get(i), place.partition(), place.offset()));
        }
        if (!wanted.isEmpty()) {
            syncs.await(Barrier.at(places.subList(stamped.size(), stamped.size() + session.partitions())), wanted);
        }
    }

    private static List<Publish> stamp(List<Publish> publishes, Batch batch) {
        List<Publish> stamped = new ArrayList<>(publishes.size());
        for (Publish publish : publishes) {
            if (batch.state().canPublish()) {
                batch.publish(publish);
                stamped.add(publish);
            } else {
                publish.answer()
                        .completeExceptionally(Refusals.exhausted(batch.state().counter()));
            }
        }
        return stamped;
    }

    private Batch batch() {
        return new Batch(state, topics, wallClock.millis());
    }

    private List<RecordMetadata> commit(Batch batch) throws TransactionFailedException, InterruptedException {
        long beginNs = System.nanoTime();
        List<RecordMetadata> places = session.transactions().commit(batch.records());
        metrics.transaction.record(System.nanoTime() - beginNs, TimeUnit.NANOSECONDS);
        state = batch.state();
        board.know(state);
        return places;
    }
}
