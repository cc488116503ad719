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
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
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
}
