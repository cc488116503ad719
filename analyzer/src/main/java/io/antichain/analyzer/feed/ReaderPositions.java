package io.antichain.analyzer.feed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a reader is in each partition. It begins so far from the end that the view can be filled, and when it is further
 * behind than that it skips: what lies between would be out of view before it is through.
 */
final class ReaderPositions {
    /** Further behind than so many times what is wanted, it skips. */
    private static final int SKIPPING = 2;

    private final ToIntFunction<String> most;
    /** The first offset that the view was not told of. */
    private final Map<TopicPartition, Long> untold = new HashMap<>();
    /** Where the history began, and ended, when its partition was first seen. */
    private final Map<TopicPartition, Long> begins = new HashMap<>();

    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** @param most how many records of a topic the view can hold */
    ReaderPositions(ToIntFunction<String> most) {
        this.most = most;
    }

    /** Assigns the partitions, each from where the view was told last. */
    void begin(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        partitions.stream()
                .filter(partition -> !untold.containsKey(partition))
                .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.toSet()))
                .forEach((topic, unread) -> {
                    HistoryStart start = new HistoryStart(consumer, unread);
                    Map<TopicPartition, Long> from = start.find(most.applyAsInt(topic), System.currentTimeMillis());
                    untold.putAll(from);
                    begins.putAll(from);
                    ends.putAll(start.ends());
                });
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, untold.get(partition)));
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
        return HistoryStart.OFFSETS_A_RECORD * (long) most.applyAsInt(partition.topic());
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
