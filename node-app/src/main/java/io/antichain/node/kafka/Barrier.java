package io.antichain.node.kafka;

import io.antichain.node.state.NodeState;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A heartbeat of one's own in every partition: who has passed it has delivered everything before it.
 *
 * @param offsets per partition, where the heartbeat stands
 */
record Barrier(Map<Integer, Long> offsets) {
    static Barrier at(Iterable<RecordMetadata> heartbeats) {
        Map<Integer, Long> offsets = new TreeMap<>();
        heartbeats.forEach(heartbeat -> offsets.put(heartbeat.partition(), heartbeat.offset()));
        return new Barrier(offsets);
    }

    boolean isPassed(NodeState state) {
        return offsets.entrySet().stream().allMatch(entry -> state.hasPassed(entry.getKey(), entry.getValue()));
    }
}
