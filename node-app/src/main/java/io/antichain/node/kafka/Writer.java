package io.antichain.node.kafka;

import io.antichain.node.request.Condition;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a node's state, in one {@link Shift} after the other. After any failure it keeps the state from
 * before, opens a new session, which reads the truth from the log, and goes on; until then every request is refused.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long FIRST_BACKOFF_MS = 100;
    private static final long LAST_BACKOFF_MS = 5_000;

    private final KafkaNodeSettings settings;
    private final Clients clients;
    private final Inbox inbox;
    private final Deliveries deliveries;
    private final Board board;
    private final NodeMetrics metrics;
    private final Trouble trouble;
    private final Clock wallClock;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> died = new CompletableFuture<>();

    private Optional<Shift> shift = Optional.empty();
    private Optional<NodeState> state = Optional.empty();
    private long backoffMs = FIRST_BACKOFF_MS;
    private volatile boolean ended;

    Writer(
            KafkaNodeSettings settings,
            Inbox inbox,
            Deliveries deliveries,
            Board board,
            NodeMetrics metrics,
            Trouble trouble,
            Clock wallClock) {
        this.settings = settings;
        this.clients = new Clients(settings);
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.board = board;
        this.metrics = metrics;
        this.trouble = trouble;
        this.wallClock = wallClock;
    }

    /** Done once the node publishes; fails if it never will. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Done, with the exit code, once the node ended without being told to. */
    CompletableFuture<Integer> died() {
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
            while (!ended) {
                if (shift.isEmpty()) {
                    openShift();
                } else {
                    work(shift.get());
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Writing ends");
        } finally {
            // The interrupt has ended the work; it need not cut short the closing of the producer as well.
            Thread.interrupted();
            end();
        }
    }

    private void openShift() throws InterruptedException {
        try {
            Session session = Session.open(settings, clients, metrics, trouble);
            Shift opened = new Shift(
                    session,
                    known(session.recovered()),
                    settings.topics(),
                    inbox,
                    deliveries,
                    board,
                    metrics,
                    wallClock);
            shift = Optional.of(opened);
            board.know(opened.state());
            session.startReading(
                    clients,
                    inbox,
                    metrics,
                    trouble,
                    settings.topics().events(),
                    opened.state().positions());
            if (!opened.joined()) {
                board.become(Condition.JOINING, "The node delivers everything before its announcement");
                opened.join();
            } else {
                becomeReady(opened);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (ProducerFencedException e) {
            endFenced();
        } catch (TransactionFailedException e) {
            recoverFrom(shift.orElseThrow(), e);
        } catch (RuntimeException e) {
            waitBeforeNextTry(e);
        }
    }

    /**
     * What a new session knows. At a process's start, what the log says, and it joins again: also after a crash, where a
     * checkpoint that says joined would allow to skip that (left for later: joining is always right, and short). Within a
     * life, that together with what was delivered since, so that no clock falls.
     */
    private NodeState known(NodeState recovered) {
        return state.filter(before -> before.process().equals(recovered.process()))
                .map(before -> before.merge(recovered).withJoined(before.joined()))
                .orElse(recovered.withJoined(false));
    }

    private void becomeReady(Shift joined) {
        backoffMs = FIRST_BACKOFF_MS;
        trouble.over();
        board.become(Condition.READY, "");
        ready.complete(null);
        LOG.atInfo()
                .addKeyValue("process", joined.state().process())
                .addKeyValue("counter", joined.state().counter())
                .log("Ready to publish");
    }

    private void work(Shift current) throws InterruptedException {
        try {
            boolean joinedBefore = current.joined();
            boolean stopping = inbox.isStopping();
            if (stopping) {
                board.become(Condition.STOPPING, "it finishes what it accepted");
            }
            current.take();
            if (stopping && inbox.waitingPublishes() == 0) {
                current.leave();
                ended = true;
                LOG.atInfo().addKeyValue("process", current.state().process()).log("Left");
            } else if (current.joined() && !joinedBefore && !stopping) {
                becomeReady(current);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (TransactionFailedException | RuntimeException e) {
            recoverFrom(current, e);
        }
    }

    private void recoverFrom(Shift failed, Exception cause) throws InterruptedException {
        metrics.aborted.increment();
        LOG.atWarn()
                .addKeyValue("reason", Clients.rootMessage(cause))
                .log("Transaction failed; recovering from the log");
        if (inbox.isStopping()) {
            ended = true;
        } else {
            trouble.report("The last transaction failed, and the log is read again: " + Clients.rootMessage(cause));
            board.become(Condition.RECOVERING, "The last transaction failed, and the log is read again");
        }
        failed.refuse(Refusals.aborted(cause));
        boolean rival = failed.session().transactions().abortFindsRival();
        closeShift();
        if (rival) {
            endFenced();
        } else if (!ended) {
            backOff();
        }
    }

    private void waitBeforeNextTry(RuntimeException cause) throws InterruptedException {
        if (Clients.isHopeless(cause)) {
            ready.completeExceptionally(cause);
        }
        closeShift();
        trouble.report("Kafka and the schema registry must answer: " + Clients.rootMessage(cause));
        LOG.atWarn().addKeyValue("reason", cause.toString()).log("Recovery failed; trying again");
        backOff();
    }

    /** Waits, longer each time until it works, and refuses whoever asks meanwhile. */
    private void backOff() throws InterruptedException {
        long leftMs = backoffMs;
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(leftMs);
        backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
        while (leftMs > 0 && !ended) {
            inbox.take(true, leftMs).refuse(Refusals.notReady(board.view()));
            ended |= inbox.isStopping();
            leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
        }
    }

    private void endFenced() {
        board.become(
                Condition.FENCED,
                "One node at a time has a process name: process=" + settings.process()
                        + " is taken over by another; this one has ended, start it under another name");
        LOG.atError().addKeyValue("process", settings.process()).log("Fenced by another node of the same name; ending");
        ended = true;
    }

    private void closeShift() {
        shift.ifPresent(open -> {
            state = Optional.of(open.state());
            open.session().close();
        });
        shift = Optional.empty();
        inbox.forgetReads();
    }

    private void end() {
        ended = true;
        if (board.view().condition() != Condition.FENCED) {
            board.become(Condition.STOPPING, "it has stopped");
        }
        RefusedException refusal = Refusals.notReady(board.view());
        shift.ifPresent(open -> open.refuse(refusal));
        try {
            closeShift();
        } catch (InterruptException e) {
            LOG.debug("Closing was cut short");
        }
        inbox.takeRequests().refuse(refusal);
        ready.completeExceptionally(refusal);
        if (!inbox.isStopping()) {
            died.complete(3);
        }
    }
}
