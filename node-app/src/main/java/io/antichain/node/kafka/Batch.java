package io.antichain.node.kafka;

import io.antichain.node.kafka.Input.Publish;
import io.antichain.node.state.NodeState;
import io.antichain.node.state.Stamped;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one transaction holds: events, each stamped as it is added, then signs of life, then the checkpoint that covers them.
 * Until it is committed nothing has happened.
 */
final class Batch {
    private final Topics topics;
    private final long nowMs;
    private final List<ProducerRecord<String, Object>> records = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private NodeState state;

    /**
     * @param state what is known before it
     * @param nowMs wall clock, ms since 1970 UTC
     */
    Batch(NodeState state, Topics topics, long nowMs) {
        this.state = state;
        this.topics = topics;
        this.nowMs = nowMs;
    }

    /** Stamps a message. Records with one key share a partition; without a key, those of one process do. */
    void publish(Publish publish) {
        Stamped stamped = state.publish(publish.key(), publish.payload(), nowMs);
        Event event = stamped.event();
        state = stamped.next();
        events.add(event);
        records.add(new ProducerRecord<>(
                topics.events(), event.key().orElse(event.process().toString()), WireCodec.toWire(event)));
    }

    void heartbeats(int partitions) {
        everywhere(state.heartbeat(nowMs), partitions);
    }

    void leaves(int partitions) {
        everywhere(state.leave(nowMs), partitions);
    }

    /** Whether there is nothing to commit. */
    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The messages, in the order of the first records. */
    List<Event> events() {
        return events;
    }

    /** Everything to send, the checkpoint last. */
    List<ProducerRecord<String, Object>> records() {
        List<ProducerRecord<String, Object>> all = new ArrayList<>(records);
        all.add(new ProducerRecord<>(topics.clocks(), state.process().name(), WireCodec.toWire(state.checkpoint())));
        return all;
    }

    /** What is known once it is committed. */
    NodeState state() {
        return state;
    }

    private void everywhere(Event sign, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            records.add(new ProducerRecord<>(
                    topics.events(), partition, sign.process().toString(), WireCodec.toWire(sign)));
        }
    }
}
