package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.clocks.Dot;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
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
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Analyzers that are killed, stopped and rebalanced while broker and registry fail say in the end what the definition says. */
class FaultsTest {
    private static final int MESSAGES = 4_000;
    private static final int BATCH = 50;
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
    private final Map<Dot, String> keys = new HashMap<>();
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
        createTopics(partitions);
        for (int i = 1; i <= count; i++) {
            settings.add(AnalyzerSettings.defaults(topics, client, folder.resolve("state-" + i))
                    .withScope(scope)
                    .withInstance("" + i, folder.resolve("state-" + i)));
            instances.add(AnalyzerProcess.start(settings.get(i - 1), folder.resolve("log-" + i)));
        }
        List<Event> events = new GeneratedEvents(random, 4, 10).with(MESSAGES);
        Expected expected = new Expected(scope);
        for (int from = 0; from < events.size(); from += BATCH) {
            publish(events.subList(from, Math.min(events.size(), from + BATCH)), partitions, expected);
            disturb(from / BATCH);
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
        }
        for (int i = 0; i < count; i++) {
            restart(i);
        }
        String logs = logs();
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> assertThat(
                        pairs(new ArrayList<>()).size())
                .as(logs)
                .isGreaterThanOrEqualTo(expected.pairs.size()));
        List<String> ids = new ArrayList<>();
        assertThat(pairs(ids)).as("seed 20261125").isEqualTo(expected.pairs);
        assertThat(ids).as("no record twice").doesNotHaveDuplicates();
        assertThat(expected.pairs).isNotEmpty();
    }

    /** Kills and stops at random, and once takes the registry and once the broker away. */
    private void disturb(int batch) throws Exception {
        if (batch == 30) {
            int port = Integer.parseInt(registry.url().replaceAll(".*:", ""));
            registry.close();
            instances.get(0).kill();
            restart(0);
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            registry = EmbeddedRegistry.start(folder.resolve("registry"), port);
        } else if (batch == 50) {
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

    /** The pairs by the definition, by dot: the later of the two first. */
    private static final class Expected {
        final TreeSet<String> pairs = new TreeSet<>();
        private final Scope scope;
        private final List<Event> earlier = new ArrayList<>();

        Expected(Scope scope) {
            this.scope = scope;
        }

        void published(Event event) {
            for (Event other : earlier) {
                boolean inScope = scope == Scope.ALL || other.key().equals(event.key());
                if (inScope
                        && !other.process().equals(event.process())
                        && !event.clock().orElseThrow().includes(other.dot())
                        && !other.clock().orElseThrow().includes(event.dot())) {
                    pairs.add(event.dot() + " " + other.dot());
                }
            }
            earlier.add(event);
        }
    }

    private void publish(List<Event> batch, int partitions, Expected expected) {
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
                if (isMessage) {
                    expected.published(event);
                    keys.put(event.dot(), event.key().orElseThrow());
                }
            }
            producer.flush();
        }
    }

    private TreeSet<String> pairs(List<String> ids) {
        TreeSet<String> pairs = new TreeSet<>();
        try (AvroDeserializer deserializer = new AvroDeserializer()) {
            deserializer.configure(client, false);
            for (byte[] value : StoredRecords.values(client, topics.conflicts())) {
                Conflict conflict = WireCodec.fromWire(
                        (io.antichain.wire.Conflict) deserializer.deserialize(topics.conflicts(), value));
                ids.add(conflict.id());
                conflict.runs().forEach(run -> pairsOf(conflict, run.process() + ":", run, pairs));
            }
        }
        return pairs;
    }

    /** Scope key: counters within a run that are of other keys are left out by those who know them. */
    private void pairsOf(Conflict conflict, String prefix, io.antichain.schemas.Run run, TreeSet<String> pairs) {
        for (long counter = run.firstCounter(); counter <= run.lastCounter(); counter++) {
            Dot dot = Dot.parse(prefix + counter);
            if (conflict.scope() == Scope.ALL
                    || keys.get(dot).equals(conflict.key().orElseThrow())) {
                pairs.add(conflict.event().dot() + " " + dot);
            }
        }
    }

    private void createTopics(int partitions) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            new NewTopic(topics.events(), partitions, (short) 1)
                                    .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                            new NewTopic(topics.conflicts(), 1, (short) 1),
                            new NewTopic(topics.anomalies(), 1, (short) 1),
                            new NewTopic(topics.deadLetters(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
