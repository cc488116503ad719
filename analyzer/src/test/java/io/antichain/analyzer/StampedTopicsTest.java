package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.analyzer.decode.CountedPatience;
import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.http.Calls;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Topics of any payload, whose records carry stamps in headers. */
class StampedTopicsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);

    @TempDir
    private static Path folder;

    private static TestCluster cluster;
    private static Map<String, Object> client;

    private final Random random = new Random(SEED);
    private Topics topics;
    private String orders;

    @BeforeAll
    static void start() {
        System.out.println("StampedTopicsTest: -Dantichain.seed=" + SEED);
        cluster = TestCluster.start(folder);
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void name(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        topics = new Topics(name + ".");
        orders = "orders-" + name;
        new TestLog(client, topics).create(1);
    }

    @Test
    void recordsOfAnyPayloadAreJudgedByTheirHeadersInScopeAll() throws Exception {
        create(1);
        judge(Scope.ALL, 1);
    }

    @Test
    void andInScopeKeyOverManyPartitions() throws Exception {
        create(6);
        judge(Scope.KEY, 6);
    }

    private void judge(Scope scope, int partitions) throws Exception {
        List<Event> events = new GeneratedEvents(random, 4, 8).with(1_500);
        Pairs pairs = new Pairs(scope);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Event event : events) {
                String key = event.key().orElseThrow();
                int partition = Math.floorMod(key.hashCode(), partitions);
                producer.send(StampedRecord.of(event, orders, partition, random));
                pairs.published(event);
            }
        }
        try (Analyzer analyzer = Analyzer.start(settings().withScope(scope))) {
            await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> StoredRecords.conflicts(client, topics).stream()
                                    .mapToLong(Conflict::pairs)
                                    .sum()
                            >= pairs.defined().size());
            List<Conflict> conflicts = StoredRecords.conflicts(client, topics);
            assertThat(pairs.named(conflicts))
                    .as("seed=%d", SEED)
                    .isEqualTo(pairs.defined())
                    .isNotEmpty();
            assertThat(conflicts).extracting(Conflict::id).doesNotHaveDuplicates();
            assertThat(StoredRecords.values(client, topics.deadLetters())).isEmpty();
            assertThat(StoredRecords.values(client, topics.anomalies())).isEmpty();
            // What is counted of every record is told once a second.
            await().atMost(LONG).until(() -> source(analyzer).path("stamped").asLong() == events.size());
            assertThat(source(analyzer).has("sentence")).isFalse();
        }
    }

    @Test
    void recordsWithoutAStampAreCountedAndNamedAndSetAsideNowhere() throws Exception {
        create(2);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < 20; i++) {
                producer.send(new ProducerRecord<>(orders, i % 2, null, bytes("{\"order\":" + i + "}")));
            }
        }
        try (Analyzer analyzer = Analyzer.start(settings().withScope(Scope.KEY))) {
            await().atMost(LONG)
                    .until(() -> summary(analyzer)
                                    .get("sources")
                                    .path(0)
                                    .path("unstamped")
                                    .asLong()
                            == 20);
            assertThat(summary(analyzer).get("sources").get(0).get("sentence").asText())
                    .isEqualTo(orders + ": 20 records, none carries a stamp; see docs/stamp-my-service.md");
            assertThat(StoredRecords.values(client, topics.deadLetters())).isEmpty();
            assertThat(StoredRecords.values(client, topics.anomalies())).isEmpty();
        }
    }

    @Test
    void ofSeveralStampsTheLastCountsABrokenOneIsSetAsideAndADeleteIsAnEvent() throws Exception {
        create(1);
        byte[] a = stamp("a:1", "{a=1}");
        byte[] b = stamp("b:1", "{b=1}");
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            ProducerRecord<byte[], byte[]> twice = new ProducerRecord<>(orders, 0, bytes("k"), bytes("x"));
            twice.headers().add(StampHeader.NAME, b).add(StampHeader.NAME, a);
            producer.send(twice);
            ProducerRecord<byte[], byte[]> broken = new ProducerRecord<>(orders, 0, bytes("k"), bytes("y"));
            broken.headers().add(StampHeader.NAME, bytes("nonsense"));
            producer.send(broken);
            ProducerRecord<byte[], byte[]> deleted = new ProducerRecord<>(orders, 0, bytes("k"), null);
            deleted.headers().add(StampHeader.NAME, Base64.getEncoder().encode(b));
            producer.send(deleted);
            // The same dot and bytes once more, then with another value.
            ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(orders, 0, bytes("k"), null);
            again.headers().add(StampHeader.NAME, b);
            producer.send(again);
            ProducerRecord<byte[], byte[]> other = new ProducerRecord<>(orders, 0, bytes("k"), bytes(""));
            other.headers().add(StampHeader.NAME, b);
            producer.send(other);
        }
        try (Analyzer analyzer = Analyzer.start(settings())) {
            await().atMost(LONG).until(() -> anomalies().size() == 3);
            assertThat(anomalies())
                    .extracting(Anomaly::kind)
                    .containsExactly(Anomaly.Kind.STAMP_REPEATED, Anomaly.Kind.DUPLICATE, Anomaly.Kind.DOT_REUSED);
            assertThat(StoredRecords.conflicts(client, topics))
                    .extracting(Conflict::id)
                    .containsExactly("all/b:1");
            assertThat(StoredRecords.values(client, topics.deadLetters())).hasSize(1);
            assertThat(analyzer.failed()).isNotDone();
            await().atMost(LONG).until(analyzer::ready);
            assertThat(new Calls(analyzer.port())
                            .json("/events/b:1")
                            .get("payload")
                            .asText())
                    .isEqualTo("(deleted)");
        }
    }

    @Test
    void numbersThatStampingClientsLeaveOutAreNotMissing() throws Exception {
        create(1);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (String[] event : new String[][] {
                {"a:1", "{a=1}"},
                {"a:4", "{a=4, elsewhere=7}"},
                {"b:2", "{a=4, b=2, c=5}"},
                {"a:9", "{a=9, b=1, elsewhere=7}"}
            }) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(orders, 0, null, bytes("x"));
                record.headers().add(StampHeader.NAME, stamp(event[0], event[1]));
                producer.send(record);
            }
        }
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, new SourcePartition(orders, 0));
        EventDecoder decoder = new EventDecoder(
                new AvroDeserializer(), List.of(), new Gateway(10), new CountedPatience(), EventDecoder.NO_PAYLOADS);
        List<Conflict> conflicts = new ArrayList<>();
        StoredRecords.read(client, orders, record -> {
            Decoded decoded =
                    decoder.decode(orders, record.key(), record.value(), record.headers(), record.timestamp(), false);
            Outcome outcome = engine.arrive(((Decoded.Admitted) decoded).message(), record.offset(), 0);
            assertThat(outcome.notices()).isEmpty();
            if (outcome instanceof Outcome.Recorded recorded) {
                conflicts.add(recorded.conflict());
            }
        });
        assertThat(engine.reportMissing()).isEmpty();
        assertThat(conflicts).extracting(Conflict::id).containsExactly("all/a:9");
    }

    @Test
    void whatRetentionTookUnreadOfASourceIsToldToTheEngineThatJudges() throws Exception {
        create(2);
        try (KafkaProducer<byte[], byte[]> producer = producer();
                Admin admin = Admin.create(client)) {
            for (int i = 1; i <= 5; i++) {
                producer.send(new ProducerRecord<>(orders, 1, null, bytes("gone " + i)));
            }
            producer.flush();
            admin.deleteRecords(Map.of(new TopicPartition(orders, 1), RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();
            for (String[] event : new String[][] {{"a:1", "{a=1}"}, {"b:1", "{b=1}"}}) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(orders, 1, null, bytes("x"));
                record.headers().add(StampHeader.NAME, stamp(event[0], event[1]));
                producer.send(record);
            }
        }
        try (Analyzer analyzer = Analyzer.start(settings())) {
            await().atMost(LONG)
                    .until(() -> StoredRecords.conflicts(client, topics).size() == 1);
            Conflict conflict = StoredRecords.conflicts(client, topics).get(0);
            assertThat(conflict.event().at()).isEqualTo(new Position(orders, 1, 6));
            assertThat(conflict.complete())
                    .as("nobody knows what the five records were")
                    .isFalse();
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    private List<Anomaly> anomalies() {
        try (AvroDeserializer deserializer = new AvroDeserializer()) {
            deserializer.configure(client, false);
            return StoredRecords.values(client, topics.anomalies()).stream()
                    .map(value -> WireCodec.fromWire(
                            (io.antichain.wire.Anomaly) deserializer.deserialize(topics.anomalies(), value)))
                    .toList();
        }
    }

    private static byte[] stamp(String dot, String clock) {
        Dot parsed = Dot.parse(dot);
        return BinaryForm.encode(new Stamp(parsed, VectorClock.parse(clock), new LamportTimestamp(1)));
    }

    private void create(int partitions) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(orders, partitions, (short) 1)))
                    .all()
                    .get();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> admin.describeTopics(List.of(orders))
                                    .allTopicNames()
                                    .get()
                                    .size()
                            == 1);
        }
    }

    private AnalyzerSettings settings() {
        return AnalyzerSettings.defaults(topics, client, folder.resolve("state-" + topics.prefix()))
                .withPort(0)
                .withSources(List.of(), List.of(orders));
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static JsonNode source(Analyzer analyzer) {
        return summary(analyzer).get("sources").path(0);
    }

    private static JsonNode summary(Analyzer analyzer) {
        return new Calls(analyzer.port()).json("/summary");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
