package io.antichain.analyzer.log;

import io.antichain.schemas.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads single records as they stand in their topics, each with a consumer of its own, in no group. */
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
     * The record at a position; empty where none came within 5 s.
     *
     * @throws UncheckedIOException where it cannot be read, as it is deleted or nobody may
     */
    public Optional<StoredRecord> find(Position position) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, position.offset());
            long endNanos = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < endNanos) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() == position.offset() ? Optional.of(stored(record)) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw new UncheckedIOException(new IOException(e.toString(), e));
        }
    }

    private static StoredRecord stored(ConsumerRecord<byte[], byte[]> record) {
        List<StoredRecord.Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new StoredRecord.Header(header.key(), text(header.value()))));
        return new StoredRecord(record.timestamp(), text(record.key()), headers);
    }

    private static Optional<String> text(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.of("0x" + HexFormat.of().formatHex(bytes));
        }
    }
}
