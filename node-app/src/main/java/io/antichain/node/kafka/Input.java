package io.antichain.node.kafka;

import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.schemas.Event;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the writer thread is told. */
sealed interface Input {
    /** Somebody waits for this input's outcome. */
    sealed interface Request extends Input {
        /** Where the outcome goes. */
        CompletableFuture<?> answer();
    }

    /** A message to publish. */
    record Publish(Optional<String> key, String payload, CompletableFuture<Published> answer) implements Request {}

    /** Deliver everything before a heartbeat of one's own, then answer. */
    record Sync(CompletableFuture<NodeView> answer) implements Request {}

    /** Deliver nothing more. */
    record Pause(CompletableFuture<NodeView> answer) implements Request {}

    /** Go on delivering. */
    record Resume(CompletableFuture<NodeView> answer) implements Request {}

    /** A record of the events topic, in its partition's order; empty if it could not be decoded. */
    record Read(Optional<Event> event, int partition, long offset) implements Input {}
}
