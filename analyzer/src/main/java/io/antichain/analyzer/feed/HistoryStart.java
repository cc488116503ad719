package io.antichain.analyzer.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a reader begins in the partitions of one topic: so far from their ends that what stands there, by log time the
 * newest of all of them, fills the view, and not much further.
 */
final class HistoryStart {
    /** A transaction of one event has two offsets. */
    static final int OFFSETS_A_RECORD = 2;

    private static final long FIRST_STEP_MS = 1_000;

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> oldest;
    private final Map<TopicPartition, Long> newest;

    HistoryStart(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        this.consumer = consumer;
        this.oldest = consumer.beginningOffsets(partitions);
        this.newest = consumer.endOffsets(partitions);
    }

    /** The partitions' ends as they were when this was made. */
    Map<TopicPartition, Long> ends() {
        return newest;
    }

    /**
     * The first offset to read of each partition: from there on there are {@link #OFFSETS_A_RECORD} for each record wanted, over
     * all partitions up to twice as many, those with the newest log time.
     *
     * @param most how many of the topic's records the view can hold
     * @param nowMs ms since 1970 UTC
     */
    Map<TopicPartition, Long> find(int most, long nowMs) {
        long wanted = (long) OFFSETS_A_RECORD * most;
        Map<TopicPartition, Long> ofEach = new HashMap<>();
        newest.forEach((partition, end) -> ofEach.put(partition, Math.max(oldest.get(partition), end - wanted)));
        if (newest.size() == 1 || count(ofEach) <= wanted) {
            return ofEach;
        }
        long agoMs = FIRST_STEP_MS;
        Map<TopicPartition, Long> since = since(nowMs - agoMs);
        while (count(since) < wanted && agoMs < nowMs) {
            agoMs *= 2;
            since = since(nowMs - agoMs);
        }
        long tooFewMs = agoMs == FIRST_STEP_MS ? 0 : agoMs / 2;
        while (agoMs - tooFewMs > 1 && count(since) > 2 * wanted) {
            long middleMs = (agoMs + tooFewMs) / 2;
            Map<TopicPartition, Long> nearer = since(nowMs - middleMs);
            if (count(nearer) < wanted) {
                tooFewMs = middleMs;
            } else {
                agoMs = middleMs;
                since = nearer;
            }
        }
        Map<TopicPartition, Long> found = since;
        ofEach.replaceAll((partition, alone) -> Math.max(alone, found.get(partition)));
        return ofEach;
    }

    private Map<TopicPartition, Long> since(long timeMs) {
        Map<TopicPartition, Long> times = new HashMap<>();
        newest.keySet().forEach(partition -> times.put(partition, Math.max(0, timeMs)));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> since = new HashMap<>(newest);
        found.forEach((partition, first) -> {
            if (first != null) {
                since.put(partition, Math.min(first.offset(), newest.get(partition)));
            }
        });
        return since;
    }

    private long count(Map<TopicPartition, Long> from) {
        return from.entrySet().stream()
                .mapToLong(entry -> newest.get(entry.getKey()) - entry.getValue())
                .sum();
    }
}
