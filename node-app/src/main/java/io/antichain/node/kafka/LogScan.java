package io.antichain.node.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads everything committed in a topic, from its beginning to the high watermark of this moment. Not to
 * {@code endOffsets()}: under read_committed that is the last stable offset, and any other node's open transaction hides
 * committed records behind it.
 */
final class LogScan {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STUCK_AFTER_MS = 30_000;

    /** What is done with each record, in its partition's order. */
    interface Action {
        void accept(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    LogScan(Admin admin, Consumer<byte[], byte[]> consumer) {
        this.admin = admin;
        this.consumer = consumer;
    }

    /** How many partitions {@code topic} has. */
    static int partitions(Admin admin, String topic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            throw unwrapped(e, topic);
        }
    }

    void read(String topic, Action action) throws InterruptedException {
        Map<TopicPartition, Long> highWatermarks = highWatermarks(topic);
        consumer.assign(highWatermarks.keySet());
        consumer.seekToBeginning(highWatermarks.keySet());
        List<TopicPartition> unread = new ArrayList<>(highWatermarks.keySet());
        long lastProgressNs = System.nanoTime();
        while (true) {
            // position() moves past transaction markers and aborted records too, which lag by subtraction would not.
            unread.removeIf(partition -> consumer.position(partition) >= highWatermarks.get(partition));
            if (unread.isEmpty()) {
                return;
            }
            var records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                action.accept(record);
            }
            if (!records.isEmpty()) {
                lastProgressNs = System.nanoTime();
            } else if (System.nanoTime() - lastProgressNs > TimeUnit.MILLISECONDS.toNanos(STUCK_AFTER_MS)) {
                throw new TimeoutException("A topic is read to its high watermark: topic=" + topic
                        + ", partitions still unread=" + unread + "; an open transaction may hold them up");
            }
        }
    }

    private Map<TopicPartition, Long> highWatermarks(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        int partitions = partitions(admin, topic);
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try {
            Map<TopicPartition, Long> highWatermarks = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .forEach((partition, info) -> highWatermarks.put(partition, info.offset()));
            return highWatermarks;
        } catch (ExecutionException e) {
            throw unwrapped(e, topic);
        }
    }

    private static KafkaException unwrapped(ExecutionException e, String topic) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
            return new UnknownTopicOrPartitionException(
                    "A node's topics must exist: topic=" + topic + "; create them with antichain init");
        }
        return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }
}
