package io.antichain.analyzer.log;

import io.antichain.schemas.Position;
import io.antichain.schemas.codec.KeyText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records as they stand in their topics, in no group. */
public final class RecordLookup {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;

    /** @param client bootstrap servers, security and any other setting of a client, but for serializers */
    public RecordLookup(Map<String, Object> client) {
        this.client = new HashMap<>(client);
        this.client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.client.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    }

    /**
     * The record at a position, by a consumer of its own, so that any thread may ask; empty as for {@link #read}.
     *
     * @throws org.apache.kafka.common.KafkaException where it cannot be read, as nobody answers or it is not permitted
     */
    public Optional<StoredRecord> find(Position at) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, at).map(RecordLookup::stored);
        }
    }

    /**
     * The record at a position; empty where none stands there any more, or none came within 5 s.
     *
     * @param consumer assigned to whatever; it is assigned to the position's partition
     * @throws org.apache.kafka.common.KafkaException where it cannot be read, as nobody answers or it is not permitted
     */
    public static Optional<ConsumerRecord<byte[], byte[]>> read(KafkaConsumer<byte[], byte[]> consumer, Position at) {
        TopicPartition partition = new TopicPartition(at.topic(), at.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, at.offset());
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() < endNanos && consumer.position(partition) <= at.offset()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == at.offset() ? Optional.of(record) : Optional.empty();
                }
            }
        } catch (OffsetOutOfRangeException deleted) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static StoredRecord stored(ConsumerRecord<byte[], byte[]> record) {
        List<StoredRecord.Header> headers = new ArrayList<>();
        record.headers()
                .forEach(header -> headers.add(new StoredRecord.Header(header.key(), KeyText.of(header.value()))));
        return new StoredRecord(record.timestamp(), KeyText.of(record.key()), headers);
    }
}
