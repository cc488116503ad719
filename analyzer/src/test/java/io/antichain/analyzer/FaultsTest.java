package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Analyzers that are killed, stopped and rebalanced while the broker fails say in the end what the definition says. */
class FaultsTest {
    private static final int MESSAGES = 4_000;
    private static final int BATCH = 50;
    private static final long MOST_BEHIND = 10 * BATCH;
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private AvroSerializer serializer;
    private Map<String, Object> client;
    private Topics topics;
    private final List<AnalyzerProcess> instances = new ArrayList<>();
    private final List<AnalyzerSettings> settings = new ArrayList<>();
    private final Random random = new Random(20261125);

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
        topics = new Topics("faults.");
        serializer = new AvroSerializer();
        serializer.configure(client, false);
    }

    @AfterEach
    void stop() throws Exception {
        for (AnalyzerProcess instance : instances) {
            instance.close();
        }
        registry.close();
        broker.close();
    }

    @Test
    void scopeAllOverOnePartitionLosesAndRepeatsNothing() throws Exception {
        run(Scope.ALL, 1, 1);
    }

    @Test
    void scopeKeyOverSixPartitionsAndTwoInstancesLosesAndRepeatsNothing() throws Exception {
        run(Scope.KEY, 6, 2);
    }

    private void run(Scope scope, int partitions, int count) throws Exception {
        new TestLog(client, topics).create(partitions);
        for (int i = 1; i <= count; i++) {
            settings.add(AnalyzerSettings.defaults(topics, client, folder.resolve("state-" + i))
                    .withScope(scope)
                    .withInstance("" + i, folder.resolve("state-" + i)));
            instances.add(AnalyzerProcess.start(settings.get(i - 1), folder.resolve("log-" + i)));
        }
        List<Event> events = new GeneratedEvents(random, 4, 10).with(MESSAGES);
        Pairs expected = new Pairs(scope);
        for (int from = 0; from < events.size(); from += BATCH) {
            publish(events.subList(from, Math.min(events.size(), from + BATCH)), partitions, expected);
            disturb(from / BATCH);
            // Never far behind, so that what strikes next strikes one that works.
            await().atMost(LONG).until(() -> behind(partitions) <= MOST_BEHIND);
        }
        for (int i = 0; i < count; i++) {
            restart(i);
        }
        String logs = logs();
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(pairs())
                .as(logs)
                .isGreaterThanOrEqualTo(expected.defined().size()));
        List<Conflict> conflicts = StoredRecords.conflicts(client, topics);
        assertThat(expected.named(conflicts)).as("seed 20261125").isEqualTo(expected.defined());
        assertThat(conflicts).as("no record twice").extracting(Conflict::id).doesNotHaveDuplicates();
        assertThat(expected.defined()).isNotEmpty();
    }

    /** How many offsets the analyzer has not committed. */
    private long behind(int partitionCount) throws Exception {
        try (Admin admin = Admin.create(client)) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                            settings.get(0).applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (int partition = 0; partition < partitionCount; partition++) {
                partitions.put(new TopicPartition(topics.events(), partition), OffsetSpec.latest());
            }
            long behind = 0;
            for (var end : admin.listOffsets(partitions).all().get().entrySet()) {
                OffsetAndMetadata upTo = committed.get(end.getKey());
                behind += end.getValue().offset() - (upTo == null ? 0 : upTo.offset());
            }
            return behind;
        }
    }

    private long pairs() {
        return StoredRecords.conflicts(client, topics).stream()
                .mapToLong(Conflict::pairs)
                .sum();
    }

    /** Kills and stops at random, and once takes the broker away. */
    private void disturb(int batch) throws Exception {
        if (batch == 50) {
            int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
            broker.close();
            broker = EmbeddedBroker.start(folder.resolve("broker"), port);
        } else if (random.nextInt(12) == 0) {
            int chosen = random.nextInt(instances.size());
            if (random.nextBoolean()) {
                instances.get(chosen).kill();
            } else {
                instances.get(chosen).stop();
            }
            restart(chosen);
        }
    }

    private void restart(int index) throws Exception {
        instances.get(index).stop();
        instances.set(index, AnalyzerProcess.start(settings.get(index), folder.resolve("log-" + (index + 1))));
    }

    private String logs() throws Exception {
        StringBuilder logs = new StringBuilder();
        for (int i = 1; i <= instances.size(); i++) {
            String log = Files.readString(folder.resolve("log-" + i));
            logs.append(log.substring(Math.max(0, log.length() - 4_000)));
        }
        return logs.toString();
    }

    private void publish(List<Event> batch, int partitions, Pairs expected) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Event event : batch) {
                byte[] value = serializer.serialize(topics.events(), WireCodec.toWire(event));
                boolean isMessage = event.kind() == Event.Kind.MESSAGE;
                for (int partition = 0; partition < partitions; partition++) {
                    if (!isMessage
                            || partition
                                    == Math.floorMod(event.key().orElseThrow().hashCode(), partitions)) {
                        producer.send(new ProducerRecord<>(
                                topics.events(),
                                partition,
                                event.key()
                                        .map(key -> key.getBytes(StandardCharsets.UTF_8))
                                        .orElse(null),
                                value));
                    }
                }
                expected.published(event);
            }
            producer.flush();
        }
    }
}
