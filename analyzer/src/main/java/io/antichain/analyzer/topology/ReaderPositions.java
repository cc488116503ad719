package io.antichain.analyzer.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a reader is in each partition. It begins so far from the end that the view can be filled, and when it is further
 * behind than that it skips: what lies between would be out of view before it is through.
 */
final class ReaderPositions {
    /** A transaction of one event has two offsets. */
    private static final int OFFSETS_A_RECORD = 2;
    /** Where records are few among heartbeats, it looks so many times as far back, and again. */
    private static final int FURTHER = 5;

    private static final int MOST_OFFSETS_A_RECORD = OFFSETS_A_RECORD * FURTHER * FURTHER;
    private static final Duration PROBE = Duration.ofSeconds(2);
    /** Further behind than so many times what is wanted, it skips. */
    private static final int SKIPPING = 2;

    private final ToIntFunction<String> most;
    private final Predicate<ConsumerRecord<byte[], byte[]>> counts;
    /** The first offset that the view was not told of. */
    private final Map<TopicPartition, Long> untold = new HashMap<>();
    /** Where the history began, and ended, when its partition was first seen. */
    private final Map<TopicPartition, Long> begins = new HashMap<>();

    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /**
     * @param most how many records of a topic's partition the view can hold
     * @param counts whether a record is one that it holds
     */
    ReaderPositions(ToIntFunction<String> most, Predicate<ConsumerRecord<byte[], byte[]>> counts) {
        this.most = most;
        this.counts = counts;
    }

    /** Assigns the partitions, each from where the view was told last. */
    void begin(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> newest = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            if (!untold.containsKey(partition)) {
                long from = first(consumer, partition, oldest.get(partition), newest.get(partition));
                untold.put(partition, from);
                begins.put(partition, from);
                ends.put(partition, newest.get(partition));
            }
        }
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, untold.get(partition)));
    }

    /** So far from the end that the view can be filled, by what stands there; no nearer to it than is needed at least. */
    private long first(Consumer<byte[], byte[]> consumer, TopicPartition partition, long oldest, long newest) {
        long offsetsARecord = OFFSETS_A_RECORD;
        while (true) {
            long from = newest - offsetsARecord * most.applyAsInt(partition.topic());
            if (from <= oldest) {
                return oldest;
            }
            if (offsetsARecord == MOST_OFFSETS_A_RECORD || share(consumer, partition, from) * offsetsARecord >= 1) {
                return from;
            }
            offsetsARecord *= FURTHER;
        }
    }

    /** How many records that count there are for an offset, behind this one. */
    private double share(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from) {
        consumer.assign(Set.of(partition));
        consumer.seek(partition, from);
        int counted = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PROBE)) {
            counted += counts.test(record) ? 1 : 0;
        }
        return (double) counted / Math.max(1, consumer.position(partition) - from);
    }

    /** The view was told of the record. */
    void told(ConsumerRecord<?, ?> record) {
        untold.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    /** Those that were not read as far as they went when first seen. */
    Set<TopicPartition> unfinished(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        Set<TopicPartition> unfinished = new HashSet<>(partitions);
        unfinished.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        return unfinished;
    }

    /** Skips in those that are through with the history and too far behind; how many offsets. */
    long skip(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        long skipped = 0;
        for (TopicPartition partition : partitions) {
            long behind = consumer.currentLag(partition).orElse(0);
            long from = consumer.position(partition);
            if (from >= ends.get(partition) && behind > SKIPPING * wanted(partition)) {
                consumer.seek(partition, from + behind - wanted(partition));
                skipped += behind - wanted(partition);
            }
        }
        return skipped;
    }

    private long wanted(TopicPartition partition) {
        return OFFSETS_A_RECORD * (long) most.applyAsInt(partition.topic());
    }

    /** How far the reader is with the history, for people. */
    String progress() {
        long read = 0;
        long all = 0;
        for (TopicPartition partition : ends.keySet()) {
            long length = ends.get(partition) - begins.get(partition);
            all += length;
            read += Math.min(length, untold.get(partition) - begins.get(partition));
        }
        return "The reader reads the history: " + read + " of " + all + " offsets";
    }
}
