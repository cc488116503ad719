package io.antichain.node.protocol;

import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is committed at once or not at all.
 *
 * @param records for the events topic, in this order
 * @param checkpoint for the clocks topic: what the node knows if all of it is committed
 */
public record Transaction(List<Outgoing> records, ClockCheckpoint checkpoint) {
    public Transaction {
        records = List.copyOf(records);
    }

    /** How many messages are in it. */
    public long messages() {
        return records.stream()
                .filter(record -> record.event().kind() == Event.Kind.MESSAGE)
                .count();
    }

    /**
     * A record for the events topic.
     *
     * @param event what it holds
     * @param partition where it must stand; empty for messages: those with one key share a partition, and without a key
     *     those of one process do
     */
    public record Outgoing(Event event, OptionalInt partition) {}
}
