package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.AnalyzerProcess;
import io.antichain.analyzer.GeneratedEvents;
import io.antichain.analyzer.Pairs;
import io.antichain.analyzer.StoredRecords;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.stream.MutatedRecords.Bad;
import io.antichain.clocks.ProcessId;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Anomaly;
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
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and lying records between good ones, over a broker, read by an analyzer in a program of its own with less memory
 * than the compose file gives it. {@code -DmutatedInLog=250000 -Dseed=S} for a long run.
 */
class MutatedLogTest {
    private static final int MUTATED = Integer.getInteger("mutatedInLog", 5_000);
    private static final long SEED = Long.getLong("seed", 5);
    private static final int CHUNK = 1_000;
    /** What good ones are taken from, per process. */
    private static final int RECENT = 50;

    private static final int LARGEST_BYTES = 5_000_000;
    private static final Duration DONE_WITHIN = Duration.ofMinutes(10);

    private record Expected(MutatedRecords.Mutation mutation, Set<String> reasons, boolean mayBeSilent) {}

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("mutated.");
    private final Random random = new Random(SEED);
    private final Pairs pairs = new Pairs(Scope.ALL);
    private final Map<ProcessId, List<Event>> recent = new TreeMap<>();
    /** By offset. */
    private final Map<Long, Expected> bad = new HashMap<>();

    private final Map<String, Integer> said = new TreeMap<>();
    private Map<String, Object> client;
    private long published;
    private int mutated;

    @Test
    void everyBadRecordIsNamedAndTheVerdictsOnTheGoodOnesAreExact() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
            createTopics();
            AnalyzerLimits limits = AnalyzerLimits.DEFAULT;
            AnalyzerSettings settings = AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                    .withInstance("1", folder.resolve("state"))
                    .withLimits(new AnalyzerLimits(
                            limits.engine(), limits.maxClockWidth(), 1_000, limits.storeEvery(), limits.reader()));
            Path log = folder.resolve("log");
            try (AnalyzerProcess analyzer = AnalyzerProcess.start(settings, log)) {
                publish();
                await().atMost(DONE_WITHIN)
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> !analyzer.runs() || committed(settings.applicationId()) >= published);
                assertThat(analyzer.runs()).as(Files.readString(log)).isTrue();
            }
            check();
        }
    }

    private void check() {
        List<Conflict> conflicts = StoredRecords.conflicts(client, topics);
        int count = bad.size();
        deadLetters();
        anomalies();
        System.out.printf(
                "mutated log: seed=%d, records=%d, bad=%d, pairs=%d, said=%s%n",
                SEED, published, count, pairs.defined().size(), said);
        assertThat(conflicts).extracting(Conflict::id).doesNotHaveDuplicates();
        assertThat(conflicts).allMatch(Conflict::complete);
        assertThat(pairs.named(conflicts)).as("seed %d", SEED).isEqualTo(pairs.defined());
        assertThat(bad.values()).as("seed %d: nothing was said of these", SEED).allMatch(Expected::mayBeSilent);
        assertThat(pairs.defined()).isNotEmpty();
    }

    private void deadLetters() {
        StoredRecords.read(
                client,
                topics.deadLetters(),
                record -> named(
                        Long.parseLong(header(record.headers().lastHeader("antichain.offset"))),
                        header(record.headers().lastHeader("antichain.reason"))));
    }

    private void anomalies() {
        try (AvroDeserializer deserializer = new AvroDeserializer()) {
            deserializer.configure(client, false);
            StoredRecords.read(client, topics.anomalies(), record -> {
                Anomaly anomaly = WireCodec.fromWire(
                        (io.antichain.wire.Anomaly) deserializer.deserialize(topics.anomalies(), record.value()));
                if (anomaly.event().isPresent()) {
                    named(anomaly.event().get().at().offset(), anomaly.kind().name());
                } else {
                    // Of a record that is no event there is no reference: a message without a clock, or a sign of life.
                    said.merge(anomaly.kind().name(), 1, Integer::sum);
                    assertThat(bad.values())
                            .anyMatch(expected -> expected.mayBeSilent()
                                    && expected.reasons()
                                            .contains(anomaly.kind().name()));
                }
            });
        }
    }

    private void named(long offset, String reason) {
        Expected expected = bad.remove(offset);
        assertThat(expected).as("seed %d, offset %d: %s", SEED, offset, reason).isNotNull();
        assertThat(expected.reasons())
                .as("seed %d, offset %d: %s", SEED, offset, expected)
                .contains(reason);
        said.merge(reason, 1, Integer::sum);
    }

    private static String header(org.apache.kafka.common.header.Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private void publish() throws Exception {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(client, false);
        MutatedRecords mutations = new MutatedRecords(serializer, topics.events(), random, 1_000);
        Map<String, Object> config = new HashMap<>(client);
        config.put("max.request.size", LARGEST_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            GeneratedEvents generated = new GeneratedEvents(random, 4, 3);
            int done = 0;
            while (mutated < MUTATED) {
                List<Event> events = generated.with(CHUNK);
                for (Event event : events.subList(done, events.size())) {
                    send(producer, serializer.serialize(topics.events(), WireCodec.toWire(event)));
                    good(event);
                    while (mutated < MUTATED && random.nextInt(2) == 0 && !recent.isEmpty()) {
                        bad(producer, mutations);
                    }
                }
                done = events.size();
            }
        }
    }

    private void good(Event event) {
        pairs.published(event);
        if (event.kind() == Event.Kind.MESSAGE) {
            List<Event> lasts = recent.computeIfAbsent(event.process(), process -> new ArrayList<>());
            lasts.add(event);
            if (lasts.size() > RECENT) {
                lasts.remove(0);
            }
        }
    }

    private void bad(KafkaProducer<byte[], byte[]> producer, MutatedRecords mutations) throws Exception {
        List<List<Event>> all = new ArrayList<>(recent.values());
        List<Event> lasts = all.get(random.nextInt(all.size()));
        Bad next = mutations.from(lasts.get(random.nextInt(lasts.size())), lasts.get(lasts.size() - 1));
        bad.put(published, new Expected(next.mutation(), next.reasons(), next.mayBeSilent()));
        send(producer, next.value());
        mutated++;
    }

    /** Nobody else publishes, and nothing in a transaction: the n-th record has the offset n. */
    private void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
        producer.send(new ProducerRecord<>(topics.events(), null, value));
        published++;
    }

    private long committed(String group) throws Exception {
        try (Admin admin = Admin.create(client)) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topics.events(), 0));
            return committed == null ? 0 : committed.offset();
        }
    }

    private void createTopics() throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            new NewTopic(topics.events(), 1, (short) 1)
                                    .configs(Map.of(
                                            "message.timestamp.type",
                                            "LogAppendTime",
                                            "max.message.bytes",
                                            "" + LARGEST_BYTES)),
                            new NewTopic(topics.conflicts(), 1, (short) 1),
                            new NewTopic(topics.anomalies(), 1, (short) 1),
                            new NewTopic(topics.deadLetters(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
