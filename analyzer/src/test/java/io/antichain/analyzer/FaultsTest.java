package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.clocks.Dot;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
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
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
    private Admin admin;
    private KafkaProducer<byte[], byte[]> producer;
    private Topics topics;
    private final List<AnalyzerProcess> instances = new ArrayList<>();
    private final List<AnalyzerSettings> settings = new ArrayList<>();
    private final Random random = new Random(20261125);
    /** Topics whose records carry stamps, with their partitions; none where the nodes' own topic is read. */
    private final Map<String, Integer> sources = new TreeMap<>();
    /** The topic that brings them together. */
    private final Map<String, Integer> between = new TreeMap<>();

    private final Map<Dot, Position> places = new HashMap<>();

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
        topics = new Topics("faults.");
        serializer = new AvroSerializer();
        serializer.configure(client, false);
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        for (AnalyzerProcess instance : instances) {
            instance.close();
        }
        producer.close();
        admin.close();
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

    @Test
    void scopeAllOverStampedTopicsOfSeveralPartitionsLosesAndRepeatsNothing() throws Exception {
        sources.putAll(Map.of("orders", 12, "stock", 3, "payments", 1));
        between.put(topics.order(Scope.ALL), 1);
        run(Scope.ALL, 1, 2);
    }

    @Test
    void scopeKeyOverStampedTopicsOfSixAndTwelvePartitionsLosesAndRepeatsNothing() throws Exception {
        sources.putAll(Map.of("orders", 12, "stock", 6));
        between.put(topics.order(Scope.KEY), 4);
        run(Scope.KEY, 1, 2);
    }

    private void run(Scope scope, int partitions, int count) throws Exception {
        new TestLog(client, topics).create(partitions);
        create(sources);
        create(scope == Scope.KEY ? between : Map.of()); // order-all is there
        for (int i = 1; i <= count; i++) {
            AnalyzerSettings one = AnalyzerSettings.defaults(topics, client, folder.resolve("state-" + i))
                    .withScope(scope)
                    .withInstance("" + i, folder.resolve("state-" + i));
            settings.add(sources.isEmpty() ? one : one.withSources(List.of(), List.copyOf(sources.keySet())));
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
        assertThat(Pairs.unordered(expected.named(conflicts)))
                .as("seed 20261125")
                .isEqualTo(Pairs.unordered(expected.defined()));
        if (sources.isEmpty()) { // else nobody knows which one of two arrived later
            assertThat(expected.named(conflicts)).as("seed 20261125").isEqualTo(expected.defined());
        } else {
            assertThat(placedWrongly(conflicts)).isEmpty();
        }
        assertThat(conflicts).as("no record twice").extracting(Conflict::id).doesNotHaveDuplicates();
        assertThat(expected.defined()).isNotEmpty();
    }

    /** How many offsets the analyzer has not committed. */
    private long behind(int partitionCount) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                        settings.get(0).applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
        Map<String, Integer> read =
                new TreeMap<>(sources.isEmpty() ? Map.of(topics.events(), partitionCount) : sources);
        read.putAll(between);
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        read.forEach((topic, topicPartitions) -> {
            for (int partition = 0; partition < topicPartitions; partition++) {
                partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        });
        long behind = 0;
        for (var end : admin.listOffsets(partitions).all().get().entrySet()) {
            OffsetAndMetadata upTo = committed.get(end.getKey());
            behind += end.getValue().offset() - (upTo == null ? 0 : upTo.offset());
        }
        return behind;
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

    private void create(Map<String, Integer> wanted) throws Exception {
        admin.createTopics(wanted.entrySet().stream()
                        .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                        .toList())
                .all()
                .get();
    }

    /** Each to some of the sources, where its key says. */
    private void publishStamped(List<Event> batch, Pairs expected) throws Exception {
        List<String> names = List.copyOf(sources.keySet());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Event event : batch) {
            sent.add(producer.send(StampedRecord.of(event, names.get(random.nextInt(names.size())), null, random)));
            expected.published(event);
        }
        producer.flush();
        for (int i = 0; i < batch.size(); i++) {
            RecordMetadata at = sent.get(i).get();
            places.put(batch.get(i).dot(), new Position(at.topic(), at.partition(), at.offset()));
        }
    }

    /** The dots that a record names with a place where they do not stand. */
    private List<Dot> placedWrongly(List<Conflict> conflicts) {
        List<Dot> wrong = new ArrayList<>();
        for (Conflict conflict : conflicts) {
            Map<Dot, Position> named = new HashMap<>();
            named.put(conflict.event().dot(), conflict.event().at());
            conflict.siblings().forEach(sibling -> named.put(sibling.dot(), sibling.at()));
            conflict.runs().forEach(run -> {
                named.put(new Dot(run.process(), run.firstCounter()), run.first());
                named.put(new Dot(run.process(), run.lastCounter()), run.last());
            });
            named.forEach((dot, at) -> {
                if (!at.equals(places.get(dot))) {
                    wrong.add(dot);
                }
            });
        }
        return wrong;
    }

    private void publish(List<Event> batch, int partitions, Pairs expected) throws Exception {
        if (!sources.isEmpty()) {
            publishStamped(batch, expected);
            return;
        }
        for (Event event : batch) {
            byte[] value = serializer.serialize(topics.events(), WireCodec.toWire(event));
            boolean isMessage = event.kind() == Event.Kind.MESSAGE;
            for (int partition = 0; partition < partitions; partition++) {
                if (!isMessage
                        || partition == Math.floorMod(event.key().orElseThrow().hashCode(), partitions)) {
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
