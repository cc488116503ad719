package io.antichain.node.kafka;

import io.antichain.node.protocol.Effect;
import io.antichain.node.protocol.Moment;
import io.antichain.node.protocol.NodeProtocol;
import io.antichain.node.protocol.Turn;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a node's state: it tells the {@link NodeProtocol} what happened, and does what that asks for, with
 * {@link KafkaEffects} where it concerns Kafka. It decides nothing itself.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long LONGEST_IDLE_MS = 1_000;

    private final KafkaNodeSettings settings;
    private final Inbox inbox;
    private final PendingRequests pending;
    private final Deliveries deliveries;
    private final CurrentView current;
    private final WaitReason waitReason;
    private final Journal journal;
    private final Clock wallClock;
    private final NodeProtocol protocol;
    private final KafkaEffects kafka;
    private final Deque<Effect> todo = new ArrayDeque<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<NodeEnd> died = new CompletableFuture<>();

    private Optional<NodeEnd> end = Optional.empty();
    private long joiningSinceNs;
    private boolean told;
    private volatile boolean ended;

    Writer(
            KafkaNodeSettings settings,
            Inbox inbox,
            PendingRequests pending,
            Deliveries deliveries,
            CurrentView current,
            NodeMetrics metrics,
            WaitReason waitReason,
            Journal journal,
            Clock wallClock) {
        this.settings = settings;
        this.inbox = inbox;
        this.pending = pending;
        this.deliveries = deliveries;
        this.current = current;
        this.waitReason = waitReason;
        this.journal = journal;
        this.wallClock = wallClock;
        this.protocol = new NodeProtocol(settings.protocol());
        this.kafka =
                new KafkaEffects(settings, protocol, inbox, metrics, waitReason, journal, this::now, ready::isDone);
    }

    /** Done once the node publishes; fails if it ends before. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Done once the node ended without being told to. */
    CompletableFuture<NodeEnd> died() {
        return died;
    }

    /** Whether nobody will take another turn. */
    boolean ended() {
        return ended;
    }

    /** Makes the thread end where it stands at its next step, without leaving. */
    void abandon() {
        ended = true;
        inbox.stop();
    }

    @Override
    public void run() {
        try {
            todo.addAll(protocol.start());
            while (!ended) {
                if (todo.isEmpty()) {
                    takeTurn();
                } else {
                    perform(todo.remove());
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Writing ends");
        } catch (Throwable e) {
            fault(e);
        } finally {
            // The interrupt has ended the work; it need not cut short the closing of the producer as well.
            Thread.interrupted();
            end();
        }
    }

    private void takeTurn() throws InterruptedException {
        boolean stopping = inbox.isStopping();
        if (stopping && !told) {
            told = true;
            todo.addAll(protocol.stop());
            return;
        }
        long idleMs = Math.min(LONGEST_IDLE_MS, settings.protocol().heartbeatMs());
        Turn turn;
        try {
            turn = inbox.take(protocol.paused(), idleMs);
        } catch (ReaderFailedException e) {
            if (e.getCause() instanceof OffsetOutOfRangeException) {
                todo.addAll(protocol.failed(
                        "The events topic is not as it was: " + e.getCause().getMessage()));
                return;
            }
            throw e;
        }
        if (stopping && turn.publishes().isEmpty() && turn.commands().isEmpty()) {
            todo.addAll(protocol.leave());
        } else {
            todo.addAll(protocol.turn(turn, now()));
        }
        if (protocol.condition() == Condition.JOINING) {
            waitReason.remind(joiningSinceNs, current.view().reason());
        }
    }

    private void perform(Effect effect) throws InterruptedException {
        if (effect instanceof Effect.Delivered delivered) {
            journal.delivered(delivered.event(), delivered.place());
            deliveries.delivered(delivered);
        } else if (effect instanceof Effect.Rejected rejected) {
            deliveries.rejected(rejected);
        } else if (effect instanceof Effect.OutOfOrder early) {
            deliveries.outOfOrder(early);
        } else if (effect instanceof Effect.Answer answer) {
            journal.acknowledged(answer.published().event());
            pending.published(answer.ticket(), answer.published());
        } else if (effect instanceof Effect.AnswerView answer) {
            pending.view(answer.ticket(), answer.view());
        } else if (effect instanceof Effect.Refuse refuse) {
            pending.refuse(refuse.ticket(), refuse.refusal());
        } else if (effect instanceof Effect.Show show) {
            show(show);
        } else if (effect instanceof Effect.Wait waiting) {
            backOff(waiting.ms());
        } else if (effect instanceof Effect.End ending) {
            end(ending.end());
        } else {
            kafka.perform(effect).ifPresent(instead -> {
                todo.clear();
                todo.addAll(instead);
            });
        }
    }

    private void show(Effect.Show show) {
        Condition before = current.view().condition();
        current.show(show.view());
        if (show.view().condition() == Condition.JOINING && before != Condition.JOINING) {
            joiningSinceNs = System.nanoTime();
        }
        if (show.view().ready() && before != Condition.READY) {
            waitReason.over();
            ready.complete(null);
            LOG.atInfo()
                    .addKeyValue("process", show.view().state().orElseThrow().process())
                    .addKeyValue("counter", show.view().state().orElseThrow().counter())
                    .log("Ready to publish");
        }
    }

    /** Waits, and refuses whoever asks meanwhile. */
    private void backOff(long ms) throws InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        long leftMs = ms;
        while (leftMs > 0 && !ended) {
            refuse(inbox.take(true, leftMs));
            ended |= inbox.isStopping();
            leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
        }
    }

    private void refuse(Turn turn) {
        RefusedException refusal = Refusals.notReady(current.view());
        turn.publishes().forEach(publish -> pending.refuse(publish.ticket(), refusal));
        turn.commands().forEach(command -> pending.refuse(command.ticket(), refusal));
    }

    private void end(NodeEnd how) {
        ended = true;
        end = Optional.of(how);
        switch (how.kind()) {
            case LEFT -> LOG.atInfo().addKeyValue("process", settings.process()).log("Left");
            case FENCED, UNREADABLE, CANNOT_START ->
                LOG.atError().addKeyValue("reason", how.sentence()).log("The node has ended");
            case FAULT -> current.ended(Condition.FAILED, how.sentence());
        }
        if (how.kind() == NodeEnd.Kind.CANNOT_START) {
            current.ended(Condition.FAILED, how.sentence());
        }
    }

    private void fault(Throwable e) {
        LOG.atError().setCause(e).log("The node has ended by a fault of its own");
        end(new NodeEnd(
                NodeEnd.Kind.FAULT,
                "The node has met a fault of its own: fault=" + e
                        + "; its log has the place, please report it; started again it goes on from the log"));
    }

    private void end() {
        ended = true;
        Condition last = current.view().condition();
        if (last != Condition.FENCED && last != Condition.FAILED) {
            current.ended(Condition.STOPPING, "it has stopped");
        }
        try {
            kafka.close();
        } catch (InterruptException e) {
            LOG.debug("Closing was cut short");
        }
        inbox.forgetAll();
        RefusedException refusal = Refusals.notReady(current.view());
        pending.refuseAll(refusal);
        if (!inbox.isStopping()) {
            end.ifPresent(died::complete);
        }
        ready.completeExceptionally(refusal);
    }

    private Moment now() {
        return new Moment(wallClock.millis(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }
}
