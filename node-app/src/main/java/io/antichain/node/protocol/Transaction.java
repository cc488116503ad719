package io.antichain.node.protocol;

import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import java.util.List;

/**
 * What is committed at once or not at all.
 *
 * @param messages for the events topic, in this order; none if the node only shows that it lives. Those with one key share a
 *     partition, and those of one process without a key do
 * @param checkpoint for the clocks topic: what the node knows if all of it is committed
 */
public record Transaction(List<Event> messages, ClockCheckpoint checkpoint) {
    public Transaction {
        messages = List.copyOf(messages);
    }
}
