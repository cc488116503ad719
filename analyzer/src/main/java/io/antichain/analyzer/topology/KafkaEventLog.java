package io.antichain.analyzer.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the past with a consumer of its own, outside any group. */
final class KafkaEventLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PROGRESS_EVERY = 1_000_000;

    private final Map<String, Object> client;

    /**
     * @param client bootstrap servers, security and any other consumer setting
     */
    KafkaEventLog(Map<String, Object> client) {
        this.client = new HashMap<>(client);
        this.client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }

    @Override
    public void replay(String topic, int partition, long endOffset, Reader reader) {
        TopicPartition from = new TopicPartition(topic, partition);
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            while (consumer.position(from) < endOffset) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= endOffset) {
                        break;
                    }
                    reader.read(record.offset(), record.timestamp(), record.value());
                    if (++count % PROGRESS_EVERY == 0) {
                        LOG.info("Restoring: events={}, offset={}, until={}", count, record.offset(), endOffset);
                    }
                }
            }
        }
        LOG.info("Restored: partition={}, events={}, until={}", partition, count, endOffset);
    }
}
