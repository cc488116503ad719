package io.antichain.analyzer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.schemas.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLookupTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    private Path folder;

    @Test
    void aRecordIsFoundWithKeyAndHeadersUntilItIsDeleted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            RecordLookup lookup = new RecordLookup(client);
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic(ORDERS.topic(), 1, (short) 1)))
                        .all()
                        .get();
                await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> !admin.listOffsets(
                                Map.of(ORDERS, OffsetSpec.latest()))
                        .all()
                        .get()
                        .isEmpty());
                publish(client, "first".getBytes(StandardCharsets.UTF_8));
                publish(client, new byte[] {-1, 0});

                assertThat(at(lookup, 0).orElseThrow().key()).contains("first");
                assertThat(at(lookup, 1).orElseThrow().key()).contains("hex:ff00");
                assertThat(at(lookup, 1).orElseThrow().headers())
                        .containsExactly(
                                new StoredRecord.Header("service", Optional.of("shop")),
                                new StoredRecord.Header("none", Optional.empty()));

                admin.deleteRecords(Map.of(ORDERS, RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
                assertThat(at(lookup, 0)).as("a record that retention took").isEmpty();
                assertThat(at(lookup, 2)).as("a record that never was").isEmpty();
                assertThat(at(lookup, 1)).isPresent();
            }
        }
    }

    private static Optional<StoredRecord> at(RecordLookup lookup, long offset) {
        return lookup.find(new Position(ORDERS.topic(), ORDERS.partition(), offset));
    }

    private static void publish(Map<String, Object> client, byte[] key) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(ORDERS.topic(), key, new byte[0]);
            record.headers()
                    .add("service", "shop".getBytes(StandardCharsets.UTF_8))
                    .add("none", null);
            producer.send(record).get();
        }
    }
}
