package io.antichain.cli.kafka;

import io.antichain.schemas.Position;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The records that were read and could not be decoded: nothing is said of a topic as if they were not there. */
public final class UndecodedRecords {
    private final Map<String, Set<Position>> positions = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();

    /** Takes note of one; {@code failure} is why. */
    void add(String topic, int partition, long offset, String failure) {
        positions.computeIfAbsent(topic, first -> new LinkedHashSet<>()).add(new Position(topic, partition, offset));
        failures.putIfAbsent(topic, failure);
    }

    /** Leaves out one that the analyzer has set aside too. */
    void setAside(Position position) {
        positions.getOrDefault(position.topic(), Set.of()).remove(position);
    }

    /** How many there are in a topic. */
    public int of(String topic) {
        return positions.getOrDefault(topic, Set.of()).size();
    }

    /**
     * Fails if there are any in a topic.
     *
     * @throws ClusterException if there are
     */
    public void requireNone(String topic) {
        for (Position first : positions.getOrDefault(topic, Set.of())) {
            throw new ClusterException(
                    ClusterException.Kind.UNDECODABLE,
                    "Records of a topic cannot be decoded: topic=" + topic + ", records=" + of(topic)
                            + ", first=partition " + first.partition() + " offset " + first.offset() + ", failure="
                            + failures.get(topic));
        }
    }
}
