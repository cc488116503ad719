package io.antichain.node.http;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.node.request.Condition;
import io.antichain.node.request.Delivered;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.node.request.RefusedException;
import io.antichain.node.request.RefusedException.Reason;
import io.antichain.node.request.Requests;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.NodeState;
import io.antichain.node.state.Stamped;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A node whose log is a list: one partition, delivered at once. */
final class MemoryNode implements Requests {
    private final List<Delivered> log = new ArrayList<>();
    private NodeState state;
    private boolean paused;
    private Optional<RefusedException> refusal = Optional.empty();
    private Condition condition = Condition.READY;
    private boolean silent;

    MemoryNode(ClockKind kind) {
        state = NodeState.newborn(
                new StampingRules(kind, ReceiveRule.MERGE, new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH)),
                ProcessId.of("node-1"));
    }

    /** From now on every request is refused for this reason. */
    synchronized void refuse(Reason reason) {
        refusal = Optional.of(new RefusedException(reason, "refused: reason=" + reason));
    }

    synchronized void become(Condition condition) {
        this.condition = condition;
    }

    /** From now on no sync is answered. */
    synchronized void fallSilent() {
        silent = true;
    }

    @Override
    public synchronized CompletableFuture<Published> publish(
            Optional<String> repeatKey, Optional<String> key, String payload) {
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        Stamped stamped = state.publish(key, payload, 0);
        long offset = log.size();
        state = stamped.next().deliver(stamped.event()).next();
        log.add(new Delivered(stamped.event(), 0, offset));
        return CompletableFuture.completedFuture(new Published(stamped.event(), 0, offset));
    }

    @Override
    public synchronized CompletableFuture<NodeView> sync() {
        if (silent) {
            return new CompletableFuture<>();
        }
        return paused
                ? CompletableFuture.failedFuture(new RefusedException(Reason.PAUSED, "paused"))
                : CompletableFuture.supplyAsync(this::view);
    }

    @Override
    public synchronized CompletableFuture<NodeView> pause() {
        paused = true;
        return CompletableFuture.completedFuture(view());
    }

    @Override
    public synchronized CompletableFuture<NodeView> resume() {
        paused = false;
        return CompletableFuture.completedFuture(view());
    }

    @Override
    public synchronized NodeView view() {
        return new NodeView(Optional.of(state), paused, condition, "it joins", NodeView.HeldBack.NOTHING);
    }

    @Override
    public synchronized List<Delivered> recent(int limit) {
        return List.copyOf(log.subList(Math.max(0, log.size() - limit), log.size()));
    }
}
