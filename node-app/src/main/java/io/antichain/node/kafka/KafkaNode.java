package io.antichain.node.kafka;

import io.antichain.node.protocol.Command;
import io.antichain.node.protocol.Command.Kind;
import io.antichain.node.protocol.Publish;
import io.antichain.node.request.Delivered;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.Requests;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A node's work with Kafka: takes requests from any thread, and hands them to its writer thread. */
public final class KafkaNode implements Requests, AutoCloseable {
    /** How long an orderly stop may take. */
    private static final long STOP_MS = 2_000;

    private static final long ABANDON_MS = 1_000;

    private final KafkaNodeSettings settings;
    private final Inbox inbox;
    private final PendingRequests pending = new PendingRequests();
    private final WaitReason waitReason = new WaitReason();
    private final CurrentView current = new CurrentView(waitReason);
    private final RecentMessages recent = new RecentMessages();
    private final Writer writer;
    private final Thread thread;

    /** A node that does nothing before {@link #start}. */
    public KafkaNode(KafkaNodeSettings settings, MeterRegistry registry, Journal journal, Clock wallClock) {
        this.settings = settings;
        this.inbox = new Inbox(settings.queueBound(), settings.maxBatch());
        NodeMetrics metrics = new NodeMetrics(registry, settings.process());
        metrics.gaugeQueue(inbox::waitingPublishes);
        metrics.gaugeHeld(() -> current.view().held().messages());
        Deliveries deliveries = new Deliveries(recent, metrics);
        this.writer =
                new Writer(settings, inbox, pending, deliveries, current, metrics, waitReason, journal, wallClock);
        this.thread = new Thread(writer, "antichain-writer-" + settings.process());
        thread.setDaemon(true);
    }

    /** Starts; how far that is, {@link #view} and {@link #ready} tell. It waits for Kafka and the registry without limit. */
    public void start() {
        thread.start();
    }

    /** Done once the node publishes; fails if it ends before. */
    public CompletableFuture<Void> ready() {
        return writer.ready();
    }

    /** Done if the node ends without being told to. */
    public CompletableFuture<NodeEnd> died() {
        return writer.died();
    }

    @Override
    public CompletableFuture<Published> publish(Optional<String> repeatKey, Optional<String> key, String payload) {
        NodeView now = current.view();
        if (!now.ready()) {
            return CompletableFuture.failedFuture(Refusals.notReady(now));
        }
        long ticket = pending.newTicket();
        CompletableFuture<Published> answer = pending.awaitPublished(ticket);
        if (inbox.offer(new Publish(ticket, repeatKey, key, payload))) {
            refuseIfEnded();
        } else {
            pending.refuse(ticket, Refusals.queueFull(settings.queueBound(), Inbox.QUEUE_BYTES));
        }
        return answer;
    }

    @Override
    public CompletableFuture<NodeView> sync() {
        return command(Kind.SYNC);
    }

    @Override
    public CompletableFuture<NodeView> pause() {
        return command(Kind.PAUSE);
    }

    @Override
    public CompletableFuture<NodeView> resume() {
        return command(Kind.RESUME);
    }

    @Override
    public NodeView view() {
        return current.view();
    }

    @Override
    public List<Delivered> recent(int limit) {
        return recent.last(limit);
    }

    /** Finishes what was accepted, leaves, ends; after two seconds it ends without. */
    @Override
    public void close() {
        inbox.stop();
        if (!endsWithin(STOP_MS)) {
            kill();
        }
    }

    /** Ends at once, as if the machine had failed: nothing is finished, nothing said. */
    public void kill() {
        writer.abandon();
        thread.interrupt();
        endsWithin(ABANDON_MS);
    }

    private CompletableFuture<NodeView> command(Kind kind) {
        NodeView now = current.view();
        if (!now.ready()) {
            return CompletableFuture.failedFuture(Refusals.notReady(now));
        }
        long ticket = pending.newTicket();
        CompletableFuture<NodeView> answer = pending.awaitView(ticket);
        inbox.command(new Command(ticket, kind));
        refuseIfEnded();
        return answer;
    }

    /** What came in while the writer thread ended is nobody's: it must be refused here, or whoever asked waits for ever. */
    private void refuseIfEnded() {
        if (writer.ended()) {
            inbox.forgetAll();
            pending.refuseAll(Refusals.notReady(current.view()));
        }
    }

    private boolean endsWithin(long ms) {
        try {
            thread.join(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
