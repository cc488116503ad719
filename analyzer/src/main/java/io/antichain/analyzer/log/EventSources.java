package io.antichain.analyzer.log;

import java.util.List;

/**
 * The topics that events are read from, and how their partitions are numbered for an engine: a task reads one partition of
 * each topic, and its engine has as many partitions as there are topics. With one topic the numbers are the same.
 *
 * @param topics in the order of the flag
 */
public record EventSources(List<String> topics) {
    public EventSources {
        topics = List.copyOf(topics);
    }

    /** An engine's number for a partition of a topic. */
    public int enginePartition(String topic, int partition) {
        int count = topics.size();
        return count == 1 ? partition : partition * count + topics.indexOf(topic);
    }

    /** An engine's numbers for all that the task of {@code partition} reads. */
    public int[] enginePartitions(int partition) {
        return topics.stream()
                .mapToInt(topic -> enginePartition(topic, partition))
                .toArray();
    }

    /** The partition, in its topic, that an engine knows by this number. */
    public int logPartition(int enginePartition) {
        return enginePartition / topics.size();
    }
}
