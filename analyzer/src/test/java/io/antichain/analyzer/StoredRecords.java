package io.antichain.analyzer;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed in partition 0 of a topic, as it was written. */
public final class StoredRecords {
    private StoredRecords() {}

    public static List<byte[]> values(Map<String, Object> client, String topic) {
        List<byte[]> values = new ArrayList<>();
        read(client, topic, record -> values.add(record.value()));
        return values;
    }

    /** All conflict records. */
    public static List<Conflict> conflicts(Map<String, Object> client, Topics topics) {
        try (AvroDeserializer deserializer = new AvroDeserializer()) {
            deserializer.configure(client, false);
            return values(client, topics.conflicts()).stream()
                    .map(value -> WireCodec.fromWire(
                            (io.antichain.wire.Conflict) deserializer.deserialize(topics.conflicts(), value)))
                    .toList();
        }
    }

    /** The records one by one. */
    public static void read(Map<String, Object> client, String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(sink);
            }
        }
    }
}
