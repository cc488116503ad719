package io.antichain.node.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads everything committed in a topic up to high watermarks, however long that takes. */
final class WatermarkReader {
    private static final Duration POLL = Duration.ofMillis(200);

    /** What is done with each record, in its partition's order. */
    interface Action {
        void accept(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    private final Consumer<byte[], byte[]> consumer;
    private final WaitReason waitReason;

    WatermarkReader(Consumer<byte[], byte[]> consumer, WaitReason waitReason) {
        this.consumer = consumer;
        this.waitReason = waitReason;
    }

    /** Reads each partition from its start offset to its end. */
    void read(String topic, Map<Integer, Long> starts, Map<Integer, Long> ends, Action action)
            throws InterruptedException {
        long sinceNs = System.nanoTime();
        Map<TopicPartition, Long> unread = new HashMap<>();
        ends.forEach((partition, end) -> unread.put(new TopicPartition(topic, partition), end));
        consumer.assign(unread.keySet());
        unread.keySet().forEach(partition -> consumer.seek(partition, starts.get(partition.partition())));
        while (true) {
            String left = "";
            try {
                // position() moves past transaction markers and aborted records too, which lag by subtraction would
                // not.
                unread.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (unread.isEmpty()) {
                    return;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    action.accept(record);
                }
                left = left(unread);
            } catch (TimeoutException e) {
                left = e.getMessage();
            }
            waitReason.remind(
                    sinceNs,
                    "The node reads a topic up to its high watermarks, which a transaction that is open may hold up: topic="
                            + topic + ", " + left + "; it publishes after that");
        }
    }

    private String left(Map<TopicPartition, Long> unread) {
        List<String> left = new ArrayList<>();
        unread.forEach((partition, end) ->
                left.add("partition " + partition.partition() + " at " + consumer.position(partition) + " of " + end));
        return "unread=" + left;
    }
}
