package io.antichain.benchmarks.analyzer;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the analyzer wrote of conflicts.
 *
 * @param records how many
 * @param bytes of a value, on average
 */
record OutputSize(long records, int bytes) {
    static OutputSize of(Bench bench, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        long records = 0;
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = bench.consumer(topic)) {
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    records++;
                    bytes += record.value().length;
                }
            }
        }
        return new OutputSize(records, (int) (bytes / Math.max(1, records)));
    }
}
