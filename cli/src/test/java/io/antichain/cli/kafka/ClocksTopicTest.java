package io.antichain.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class ClocksTopicTest {
    private static final int CHECKPOINTS = 2_000;
    private static final int BYTES = 10_000;

    @Test
    void ofManyCheckpointsFewAreLeftToReadAtAStart(@TempDir Path folder) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            Topics topics = new Topics(Topics.DEFAULT_PREFIX);
            new TopicCreation(new Cluster(client, topics), 1, (short) 1).run();

            try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < CHECKPOINTS; i++) {
                    producer.send(new ProducerRecord<>(topics.clocks(), "node-" + i % 4, new byte[BYTES]));
                }
            }

            // What stands in the segment that is written on is never compacted: 4 MiB are 420 of these.
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> records(client, topics.clocks()) < 500);
            assertThat(records(client, topics.clocks())).isGreaterThanOrEqualTo(4);
        }
    }

    private static int records(Map<String, Object> client, String topic) {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            int records = 0;
            while (consumer.position(partition) < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records;
        }
    }
}
