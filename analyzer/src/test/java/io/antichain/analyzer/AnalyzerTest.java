package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.settings.StartRefusedException.Reason;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The analyzer as it runs: over a broker and a registry. */
class AnalyzerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static TestCluster cluster;
    private static Map<String, Object> client;

    private Topics topics;
    private TestLog log;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder);
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        log = new TestLog(client, topics);
    }

    @Test
    void anAnalyzerThatStartsAgainGoesOnWithoutGapOrRepetition() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(analyzer.failed()).isNotDone();
        }
        publish(TestLog.message("c", 1, "{c=1}"));
        try (Analyzer analyzer = Analyzer.start(settings())) {
            await().atMost(LONG).until(() -> conflictIds().size() >= 2);
            publish(TestLog.message("d", 1, "{d=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() >= 3);
            assertThat(conflictIds()).containsExactly("all/b:1", "all/c:1", "all/d:1");
            assertThat(conflicts())
                    .extracting(io.antichain.schemas.Conflict::pairs)
                    .containsExactly(1L, 2L, 3L);
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    @Test
    void aBrokenRecordGoesToDeadLettersWhileTheRestGoesOn() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(TestLog.message("a", 1, "{a=1}"));
            publish("no Avro".getBytes(StandardCharsets.UTF_8));
            publish(TestLog.message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(StoredRecords.values(client, topics.deadLetters())).hasSize(1);
            assertThat(analyzer.ready()).isTrue();
        }
    }

    @Test
    void severalTopicsNeedOneThatBringsThemTogether() throws Exception {
        String mirror = topics.prefix() + "east.events";
        log.create(3, mirror);
        AnalyzerSettings both = settings().withScope(Scope.KEY).withEventsTopics(List.of(topics.events(), mirror));
        assertThatThrownBy(() -> Analyzer.start(both))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("does not exist: topic=" + topics.order(Scope.KEY) + ", partitions: "
                        + topics.events() + "=3, " + mirror + "=3; ")
                .extracting(failure -> ((StartRefusedException) failure).reason())
                .isEqualTo(Reason.MISUSE);
    }

    @Test
    void aMissingTopicIsSaid() throws Exception {
        assertThatThrownBy(() -> Analyzer.start(settings()))
                .hasMessageStartingWith(
                        "A topic to read or to write does not exist: topics=" + topics.anomalies() + ",")
                .hasMessageContaining("," + topics.events() + ";")
                .hasMessageContaining("; run 'antichain init' for those of the prefix");
        log.create(1);
        assertThatThrownBy(() -> Analyzer.start(settings().withSources(List.of(), List.of("nowhere"))))
                .hasMessageStartingWith("A topic to read or to write does not exist: topics=nowhere;");
    }

    @Test
    void anAnalyzerOfTheSameGroupThatReadsOtherTopicsIsRefused() throws Exception {
        log.create(1);
        String other = "other-" + topics.events();
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(other, 1, (short) 1))).all().get();
        }
        try (Analyzer first = Analyzer.start(settings())) {
            await().atMost(LONG).until(first::ready);
            AnalyzerSettings second = settings()
                    .withInstance("2", folder.resolve("state-2-" + topics.prefix()))
                    .withSources(List.of(), List.of(other));
            assertThatThrownBy(() -> Analyzer.start(second))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("Another analyzer of this prefix and scope reads other topics: group=")
                    .hasMessageContaining("its topics=" + topics.events() + ", topics=" + other);
            publish(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(first.failed()).isNotDone();
        }
    }

    @Test
    void aTopicThatGrowsPartitionsEndsTheAnalyzerWithASentence() throws Exception {
        log.create(1);
        Map<String, Object> attentive = new HashMap<>(client);
        attentive.put("metadata.max.age.ms", 500);
        AnalyzerSettings settings = AnalyzerSettings.defaults(topics, attentive, folder.resolve("grown"))
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings);
                Admin admin = Admin.create(client)) {
            publish(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            admin.createPartitions(Map.of(topics.events(), NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            await().atMost(LONG).until(() -> analyzer.failed().isDone());
            assertThat(analyzer.failed().get())
                    .isEqualTo("A topic that is read has another number of partitions than before; what the analyzer"
                            + " stored is by partition; start it with another --topic-prefix, where it begins anew");
        }
    }

    @Test
    void mirroredTopicsAreOneLog() throws Exception {
        log.create(1);
        String mirror = topics.prefix() + "east.events";
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(mirror, 1, (short) 1)))
                    .all()
                    .get();
        }
        AnalyzerSettings both = settings().withEventsTopics(List.of(topics.events(), mirror));
        try (Analyzer analyzer = Analyzer.start(both)) {
            publish(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{a=1, b=1}"));
            publishTo(mirror, TestLog.message("e", 1, "{e=1}"), TestLog.message("a", 1, "{a=1}"));
            await().atMost(LONG)
                    .until(() -> pairsInAll() == 2
                            && StoredRecords.values(client, topics.anomalies()).size() == 1);
            assertThat(analyzer.failed()).isNotDone();
        }
        try (Analyzer analyzer = Analyzer.start(both)) {
            publishTo(mirror, TestLog.message("e", 2, "{e=2}"));
            await().atMost(LONG).until(() -> pairsInAll() == 4);
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    private long pairsInAll() {
        return conflicts().stream()
                .mapToLong(io.antichain.schemas.Conflict::pairs)
                .sum();
    }

    @Test
    void aTopicCreatedAnewIsRefusedAndAnalyzedFromItsBeginningIfAccepted() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(analyzer.failed()).isNotDone();
        }
        try (Admin admin = Admin.create(client)) {
            admin.deleteTopics(List.of(topics.events())).all().get();
            await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topics.events()));
            admin.createTopics(List.of(new NewTopic(topics.events(), 1, (short) 1)))
                    .all()
                    .get();
        }
        publish(TestLog.message("c", 1, "{c=1}"), TestLog.message("d", 1, "{d=1}"));
        try (Analyzer refusing = Analyzer.start(settings())) {
            assertThat(refusing.failed().get(5, java.util.concurrent.TimeUnit.MINUTES))
                    .startsWith("A topic is not the one that was read before: topics=" + topics.events())
                    .contains("--accept-new-topic");
        }
        try (Analyzer analyzer = Analyzer.start(settings().acceptingNewTopic())) {
            await().atMost(LONG).until(() -> conflictIds().size() == 2);
            assertThat(conflictIds()).containsExactly("all/b:1", "all/d:1");
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    private AnalyzerSettings settings() {
        return AnalyzerSettings.defaults(topics, client, folder.resolve(topics.prefix() + "state"))
                .withPort(0);
    }

    private void publish(Event... events) throws Exception {
        publishTo(topics.events(), events);
    }

    private void publishTo(String topic, Event... events) throws Exception {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(client, false);
            for (Event event : events) {
                publishTo(topic, serializer.serialize(topics.events(), WireCodec.toWire(event)));
            }
        }
    }

    private void publish(byte[] value) throws Exception {
        publishTo(topics.events(), value);
    }

    private static void publishTo(String topic, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private List<String> conflictIds() {
        return conflicts().stream().map(io.antichain.schemas.Conflict::id).toList();
    }

    private List<io.antichain.schemas.Conflict> conflicts() {
        return StoredRecords.conflicts(client, topics);
    }
}
