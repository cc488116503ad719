package io.antichain.node.protocol;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When a heartbeat is due: per partition, an interval after the last record of one's own there. */
final class Heartbeats {
    private final long intervalMs;
    private final Map<Integer, Long> lastMs = new TreeMap<>();

    Heartbeats(long intervalMs) {
        this.intervalMs = intervalMs;
    }

    void restart(int partitions, long nowMs) {
        lastMs.clear();
        for (int partition = 0; partition < partitions; partition++) {
            lastMs.put(partition, nowMs);
        }
    }

    void committed(List<Place> places, long nowMs) {
        places.forEach(place -> lastMs.put(place.partition(), nowMs));
    }

    List<Integer> due(long nowMs) {
        return lastMs.entrySet().stream()
                .filter(last -> nowMs - last.getValue() >= intervalMs)
                .map(Map.Entry::getKey)
                .toList();
    }
}
