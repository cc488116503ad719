package io.antichain.node.protocol;

import io.antichain.node.protocol.Transaction.Outgoing;
import io.antichain.node.state.NodeState;
import io.antichain.node.state.Stamped;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * What goes into one transaction: messages, each stamped as it is added, then signs of life. Until it is committed nothing
 * has happened: who drops it has rolled back.
 */
final class Batch {
    private final long wallMs;
    private final List<Outgoing> records = new ArrayList<>();
    private final List<Event> messages = new ArrayList<>();
    private NodeState state;

    Batch(NodeState state, long wallMs) {
        this.state = state;
        this.wallMs = wallMs;
    }

    boolean canPublish() {
        return state.canPublish();
    }

    void publish(Publish publish) {
        Stamped stamped = state.publish(publish.key(), publish.payload(), wallMs);
        state = stamped.next();
        messages.add(stamped.event());
        records.add(new Outgoing(stamped.event(), OptionalInt.empty()));
    }

    void heartbeats(Collection<Integer> partitions) {
        partitions.forEach(partition -> records.add(new Outgoing(state.heartbeat(wallMs), OptionalInt.of(partition))));
    }

    /** Who left is no longer joined: its next life announces itself again. */
    void leaves(Collection<Integer> partitions) {
        state = state.withJoined(false);
        partitions.forEach(partition -> records.add(new Outgoing(state.leave(wallMs), OptionalInt.of(partition))));
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The messages, in the order of the first records. */
    List<Event> messages() {
        return messages;
    }

    Transaction transaction() {
        return new Transaction(records, state.checkpoint());
    }

    /** What is known once it is committed. */
    NodeState state() {
        return state;
    }
}
