package io.antichain.analyzer.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a reader begins in the partitions of one topic: so far from their ends that what stands there, by log time the
 * newest of all of them, surely fills the view, and not much further. Uses the consumer, and leaves it assigned anyhow.
 */
final class HistoryStart {
    /** A transaction of one event has two offsets. */
    static final int OFFSETS_A_RECORD = 2;
    /** Where records are few among heartbeats, it looks so many times as far back, and again. */
    private static final int FURTHER = 5;

    private static final int MOST_OFFSETS_A_RECORD = OFFSETS_A_RECORD * FURTHER * FURTHER;
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final long FIRST_STEP_MS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> oldest;
    private final Map<TopicPartition, Long> newest;

    HistoryStart(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        this.consumer = consumer;
        this.oldest = consumer.beginningOffsets(partitions);
        this.newest = consumer.endOffsets(partitions);
    }

    /** The partitions' ends as they were when this was made. */
    Map<TopicPartition, Long> ends() {
        return newest;
    }

    /**
     * The first offset to read of each partition.
     *
     * @param most how many of the topic's records the view can hold
     * @param counts whether a record is one that it holds
     * @param nowMs ms since 1970 UTC
     */
    Map<TopicPartition, Long> find(int most, Predicate<ConsumerRecord<byte[], byte[]>> counts, long nowMs) {
        long offsetsARecord = OFFSETS_A_RECORD;
        while (true) {
            Map<TopicPartition, Long> from = last(offsetsARecord * most, nowMs);
            if (from.equals(oldest)
                    || offsetsARecord == MOST_OFFSETS_A_RECORD
                    || share(from, counts) * offsetsARecord >= 1) {
                return from;
            }
            offsetsARecord *= FURTHER;
        }
    }

    /** From where on there are so many offsets, over all partitions up to twice as many, those with the newest log time. */
    private Map<TopicPartition, Long> last(long wanted, long nowMs) {
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

    /** How many records that count there are for an offset, behind these. */
    private double share(Map<TopicPartition, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> counts) {
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        int counted = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PROBE)) {
            counted += counts.test(record) ? 1 : 0;
        }
        long offsets = 0;
        for (Map.Entry<TopicPartition, Long> entry : from.entrySet()) {
            offsets += consumer.position(entry.getKey()) - entry.getValue();
        }
        return (double) counted / Math.max(1, offsets);
    }
}
