package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.settings.StartRefusedException.Reason;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(analyzer.failed()).isNotDone();
        }
        publish(message("c", 1, "{c=1}"));
        try (Analyzer analyzer = Analyzer.start(settings())) {
            await().atMost(LONG).until(() -> conflictIds().size() >= 2);
            publish(message("d", 1, "{d=1}"));
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
            publish(message("a", 1, "{a=1}"));
            publish("no Avro".getBytes(StandardCharsets.UTF_8));
            publish(message("b", 1, "{b=1}"));
            await().atMost(LONG).until(() -> conflictIds().size() == 1);
            assertThat(StoredRecords.values(client, topics.deadLetters())).hasSize(1);
            assertThat(analyzer.ready()).isTrue();
        }
    }

    @Test
    void scopeAllRefusesSeveralPartitions() throws Exception {
        log.create(3);
        assertThatThrownBy(() -> Analyzer.start(settings()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("partitions=3")
                .extracting(failure -> ((StartRefusedException) failure).reason())
                .isEqualTo(Reason.MISUSE);
    }

    @Test
    void aMissingTopicIsSaid() {
        assertThatThrownBy(() -> Analyzer.start(settings()))
                .hasMessageStartingWith("A topic to read or to write does not exist: topics=" + topics.events() + ",")
                .hasMessageContaining("; run 'antichain init' for those of the prefix");
        assertThatThrownBy(() -> Analyzer.start(settings().withSources(List.of(), List.of("nowhere"))))
                .hasMessageStartingWith("A topic to read or to write does not exist: topics=nowhere,");
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
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
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
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
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
            publish(message("a", 1, "{a=1}"), message("b", 1, "{a=1, b=1}"));
            publishTo(mirror, message("e", 1, "{e=1}"), message("a", 1, "{a=1}"));
            await().atMost(LONG)
                    .until(() -> pairsInAll() == 2
                            && StoredRecords.values(client, topics.anomalies()).size() == 1);
            assertThat(analyzer.failed()).isNotDone();
        }
        try (Analyzer analyzer = Analyzer.start(both)) {
            publishTo(mirror, message("e", 2, "{e=2}"));
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
    void theMetricsAreThoseThatTheDocumentNames() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
            publish("no Avro".getBytes(StandardCharsets.UTF_8));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(get(analyzer, "/metrics").body())
                            .contains(
                                    "antichain_analyzer_window_events 2.0",
                                    "antichain_analyzer_dead_letters_total{reason=\"NOT_FRAMED\"} 1.0"));
            String metrics = get(analyzer, "/metrics").body();
            Set<String> exported = found("(?m)^# TYPE (antichain_\\S+) ", metrics);
            exported.remove("antichain_analyzer_latency_seconds_max");
            assertThat(exported)
                    .isEqualTo(
                            found("(?m)^\\| `(antichain_[a-z_]+)`", Files.readString(Path.of("../docs/metrics.md"))));
            assertThat(metrics)
                    .contains(
                            "antichain_analyzer_events_total 2.0",
                            "antichain_analyzer_conflicts_total 1.0",
                            "antichain_analyzer_pairs_total 1.0",
                            "antichain_analyzer_dead_letters_total{reason=\"NOT_FRAMED\"} 1.0");
        }
    }

    @Test
    void dashboardAndAlertsAskForMetricsThatThereAreAndTheDashboardForAll() throws Exception {
        String dashboard = Files.readString(Path.of("../ops/dashboard.json"));
        String alerts = Files.readString(Path.of("../ops/alerts.yaml"));
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(get(analyzer, "/metrics").body())
                            .contains("antichain_analyzer_window_events 2.0"));
            String metrics = get(analyzer, "/metrics").body();
            Set<String> exposed = found("(?m)^(antichain_analyzer_[a-z_]+)[{ ]", metrics);
            assertThat(exposed).containsAll(found("(antichain_analyzer_[a-z_]+)", dashboard + alerts));
            Set<String> named =
                    found("(?m)^\\| `(antichain_[a-z_]+)`", Files.readString(Path.of("../docs/metrics.md")));
            assertThat(named).allMatch(metric -> dashboard.contains(metric));
            Set<String> kinds = found("kind=\"([A-Z_]+)\"", metrics);
            found("kind=~\"([A-Z_|]+)\"", alerts)
                    .forEach(asked -> assertThat(kinds).contains(asked.split("\\|")));
            Set<String> reasons = found("reason=\"([A-Z_]+)\"", metrics);
            assertThat(reasons).contains("NO_VALUE", "NOT_FRAMED", "UNKNOWN_ID");
        }
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(dashboard);
        assertThat(alerts.split("- alert: ")).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(alert)
                .matches("(?s)# .*|.*expr: .*for: [0-9]+m.*severity: .*summary: .*runbook: .*"));
    }

    private static Set<String> found(String expression, String text) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aTopicCreatedAnewIsRefusedAndAnalyzedFromItsBeginningIfAccepted() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            publish(message("a", 1, "{a=1}"), message("b", 1, "{b=1}"));
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
        publish(message("c", 1, "{c=1}"), message("d", 1, "{d=1}"));
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

    private static HttpResponse<String> get(Analyzer analyzer, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + analyzer.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Event message(String process, long counter, String clock) {
        return new Event(
                ProcessId.of(process),
                counter,
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(counter),
                Optional.empty(),
                "",
                0,
                Event.Kind.MESSAGE);
    }
}
