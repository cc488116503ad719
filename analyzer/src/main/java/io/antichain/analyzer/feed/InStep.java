package io.antichain.analyzer.feed;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts the records of several partitions into the order of their log time, as far as the order within each partition lets
 * it: so the newest of all are the last, and effects seldom come before their causes.
 */
final class InStep {
    /** With more than its share of this waiting, a partition should not be read on, bytes. */
    private static final long ENOUGH_BYTES = 4_000_000;

    private final Map<TopicPartition, Waiting> partitions = new HashMap<>();

    private static final class Waiting {
        final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        long bytes;
    }

    /** Takes the next record of a partition. */
    void add(ConsumerRecord<byte[], byte[]> record) {
        Waiting waiting = partitions.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), fresh -> new Waiting());
        waiting.records.add(record);
        waiting.bytes += bytes(record);
    }

    /**
     * Gives back the record that comes next; empty if there is none, or if a record that would come before it may still
     * arrive.
     *
     * @param awaited partitions that have more to come
     */
    Optional<ConsumerRecord<byte[], byte[]>> next(Set<TopicPartition> awaited) {
        for (TopicPartition partition : awaited) {
            if (!partitions.containsKey(partition)
                    || partitions.get(partition).records.isEmpty()) {
                return Optional.empty();
            }
        }
        Waiting first = null;
        for (Waiting waiting : partitions.values()) {
            if (!waiting.records.isEmpty()
                    && (first == null
                            || waiting.records.peek().timestamp()
                                    < first.records.peek().timestamp())) {
                first = waiting;
            }
        }
        if (first == null) {
            return Optional.empty();
        }
        ConsumerRecord<byte[], byte[]> next = first.records.remove();
        first.bytes -= bytes(next);
        return Optional.of(next);
    }

    /** The partitions of which enough is waiting: of all together little more than that, and what one fetch brings. */
    Set<TopicPartition> full() {
        Set<TopicPartition> full = new HashSet<>();
        partitions.forEach((partition, waiting) -> {
            if (waiting.bytes > ENOUGH_BYTES / partitions.size()) {
                full.add(partition);
            }
        });
        return full;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return 100L + Math.max(0, record.serializedValueSize());
    }
}
