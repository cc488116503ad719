package io.antichain.node.protocol;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * A heartbeat of one's own in every partition: who has passed it has passed everything that was committed before it.
 *
 * @param offsets per partition, where the heartbeat stands
 */
record Barrier(Map<Integer, Long> offsets) {
    static Barrier at(List<Place> heartbeats) {
        Map<Integer, Long> offsets = new TreeMap<>();
        heartbeats.forEach(heartbeat -> offsets.put(heartbeat.partition(), heartbeat.offset()));
        return new Barrier(offsets);
    }

    /** Whether it lies behind these positions: per partition, the offset of the next record. */
    boolean isBehind(IntToLongFunction positions) {
        return offsets.entrySet().stream()
                .allMatch(heartbeat -> positions.applyAsLong(heartbeat.getKey()) > heartbeat.getValue());
    }
}
