package io.antichain.benchmarks.analyzer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that does nothing with what it reads. */
final class BareConsumer {
    private BareConsumer() {}

    /** Records a second of partition 0, from the first to the last. */
    static double rate(Map<String, Object> client, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = from(client, partition)) {
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.poll(Duration.ofSeconds(10));
            long first = consumer.position(partition);
            long startedNanos = System.nanoTime();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(10));
            }
            return (end - first) * 1e9 / (System.nanoTime() - startedNanos);
        }
    }

    /** Reads partition 0 and goes on reading, without end. */
    static void follow(Map<String, Object> client, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = from(client, new TopicPartition(topic, 0))) {
            while (true) {
                consumer.poll(Duration.ofSeconds(10));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> from(Map<String, Object> client, TopicPartition partition) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }
}
