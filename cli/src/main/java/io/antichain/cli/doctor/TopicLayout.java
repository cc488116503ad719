package io.antichain.cli.doctor;

import java.util.List;
import java.util.Optional;

/**
 * How a topic stands on its brokers now.
 *
 * @param partitions in the order of their numbers; 1 or more
 * @param settings empty if this client may not read them
 */
public record TopicLayout(String topic, Use use, List<Partition> partitions, Optional<TopicSettings> settings) {
    /** What a topic is for. */
    public enum Use {
        /** Its records are looked at. */
        EVENTS,
        /** It keeps the nodes' clocks. */
        CLOCKS,
        /** It holds what the analyzer found. */
        FOUND,
        /** It brings sources together in one partition. */
        ORDER_ALL,
        /** It brings sources together by key. */
        ORDER_KEY,
        /** It is kept by Kafka or Kafka Streams, with settings that they choose. */
        INTERNAL
    }

    /**
     * A partition.
     *
     * @param hasLeader whether it can be read and written at all
     * @param replicas how many copies it is meant to have, 1 or more
     * @param inSync how many of them are complete, 0 or more
     */
    public record Partition(int number, boolean hasLeader, int replicas, int inSync) {}

    /** The fewest copies that a partition is meant to have. */
    public int replicas() {
        return partitions.stream().mapToInt(Partition::replicas).min().orElse(0);
    }

    /** How many copies have to be complete for a write to be accepted; 1, Kafka's least, where that may not be read. */
    int minInSync() {
        return settings.map(TopicSettings::minInSyncReplicas).orElse(1);
    }
}
