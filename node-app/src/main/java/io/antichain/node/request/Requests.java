package io.antichain.node.request;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What can be asked of a node, by any number of threads at once. No call waits: the answers come later, from the node's one
 * writer thread, which must not be kept; whoever does more than take the value goes on in a thread of its own. A request
 * that is not done ends in a {@link RefusedException}.
 */
public interface Requests {
    /**
     * Publishes a message; answers once it is committed, and never for one that may be lost.
     *
     * @param repeatKey what a repeat of this request carries again, so that it publishes nothing and is answered alike
     */
    CompletableFuture<Published> publish(Optional<String> repeatKey, Optional<String> key, String payload);

    /** Delivers everything that is committed by now, then answers with what is known. */
    CompletableFuture<NodeView> sync();

    /** Stops delivering: once answered, nothing more is merged. Publishing goes on. */
    CompletableFuture<NodeView> pause();

    /** Goes on delivering where it stopped. */
    CompletableFuture<NodeView> resume();

    /** What the node knows right now. */
    NodeView view();

    /** The last delivered messages, at most {@code limit}, newest last. */
    List<Delivered> recent(int limit);
}
