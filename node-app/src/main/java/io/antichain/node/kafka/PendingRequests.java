package io.antichain.node.kafka;

import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.node.request.RefusedException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who waits for which answer, by ticket. Any thread may ask and answer; each ticket is answered once. */
final class PendingRequests {
    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, CompletableFuture<Published>> publishes = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<NodeView>> views = new ConcurrentHashMap<>();

    /** A ticket that is not in use. */
    long newTicket() {
        return tickets.incrementAndGet();
    }

    CompletableFuture<Published> awaitPublished(long ticket) {
        return publishes.computeIfAbsent(ticket, unused -> new CompletableFuture<>());
    }

    CompletableFuture<NodeView> awaitView(long ticket) {
        return views.computeIfAbsent(ticket, unused -> new CompletableFuture<>());
    }

    void published(long ticket, Published published) {
        CompletableFuture<Published> waiting = publishes.remove(ticket);
        if (waiting != null) {
            waiting.complete(published);
        }
    }

    void view(long ticket, NodeView view) {
        CompletableFuture<NodeView> waiting = views.remove(ticket);
        if (waiting != null) {
            waiting.complete(view);
        }
    }

    void refuse(long ticket, RefusedException refusal) {
        CompletableFuture<Published> publish = publishes.remove(ticket);
        CompletableFuture<NodeView> view = views.remove(ticket);
        if (publish != null) {
            publish.completeExceptionally(refusal);
        }
        if (view != null) {
            view.completeExceptionally(refusal);
        }
    }

    void refuseAll(RefusedException refusal) {
        publishes.keySet().forEach(ticket -> refuse(ticket, refusal));
        views.keySet().forEach(ticket -> refuse(ticket, refusal));
    }
}
