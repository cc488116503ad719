package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.http.Calls;
import io.antichain.analyzer.log.OpenTransaction;
import io.antichain.analyzer.log.OpenTransactions;
import io.antichain.analyzer.log.OpenTransactions.Held;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Producers that begin a transaction, send, and do not commit. */
class OpenTransactionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int TIMEOUT_MS = 800_000;

    @TempDir
    private static Path folder;

    private static TestCluster cluster;

    private Topics topics;
    private TestLog log;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void name(TestInfo test) throws Exception {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        log = new TestLog(cluster.client(), topics);
        log.create(2);
    }

    @Test
    void theAnalyzerNamesWhoHoldsItsLogUntilTheCommit() throws Exception {
        log.publish(topics.events(), 0, List.of(TestLog.message("a", 1, "{a=1}")));
        AnalyzerSettings settings = AnalyzerSettings.defaults(topics, cluster.client(), folder.resolve(topics.events()))
                .withScope(Scope.KEY)
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings);
                KafkaProducer<byte[], byte[]> billing = open("billing")) {
            Calls calls = new Calls(analyzer.port());
            send(billing, 1);
            log.publish(topics.events(), 1, List.of(TestLog.message("b", 1, "{b=1}")));
            await().atMost(LONG)
                    .until(() -> calls.get("/metrics").body().contains("antichain_analyzer_open_transactions 1.0"));
            JsonNode problem =
                    new ObjectMapper().readTree(calls.get("/health/ready").body());
            assertThat(problem.path("status").asInt()).isEqualTo(503);
            assertThat(problem.path("detail").asText())
                    .startsWith("An open transaction holds up all who read a partition: topic=" + topics.events()
                            + ", partition=1, offset=0, offsets held=2, transactional-id=billing, producer-id=")
                    .contains(", since=")
                    .contains("forceTerminateTransaction --transactionalId billing");
            JsonNode summary = calls.json("/summary");
            assertThat(summary.path("ready").asBoolean()).isFalse();
            JsonNode open = summary.at("/openTransactions/0");
            assertThat(open.path("sentence").asText())
                    .isEqualTo(summary.path("unreadyBecause").asText());
            assertThat(open.path("transactionalId").asText()).isEqualTo("billing");
            assertThat(Instant.parse(open.path("since").asText())).isBefore(Instant.now());
            assertThat(calls.get("/events/b:1").statusCode()).isEqualTo(404);

            billing.commitTransaction();
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(calls.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(calls.json("/summary").path("openTransactions")).isEmpty();
                assertThat(calls.get("/events/b:1").statusCode()).isEqualTo(200);
            });
            assertThat(calls.get("/metrics").body()).contains("antichain_analyzer_open_transactions 0.0");
        }
    }

    @Test
    void ofSeveralTheOldestHoldsThePartition() {
        try (KafkaProducer<byte[], byte[]> first = open("first");
                KafkaProducer<byte[], byte[]> second = open("second");
                Admin admin = Admin.create(cluster.client())) {
            OpenTransactions transactions = transactions(admin);
            assertThat(transactions.held(List.of(topics.events()))).isEmpty();
            send(first, 0);
            send(second, 0);
            send(second, 1);
            assertThat(named(transactions, 0).producer().orElseThrow().transactionalId())
                    .contains("first");
            assertThat(named(transactions, 1).producer().orElseThrow().transactionalId())
                    .contains("second");
            first.abortTransaction();
            await().atMost(LONG).untilAsserted(() -> assertThat(
                            named(transactions, 0).producer().orElseThrow().transactionalId())
                    .contains("second"));
            second.commitTransaction();
            await().atMost(LONG).untilAsserted(() -> assertThat(transactions.held(List.of(topics.events())))
                    .isEmpty());
        }
    }

    @Test
    void whereRightsAreMissingItSaysWhatItKnows() {
        try (KafkaProducer<byte[], byte[]> billing = open("rights");
                Admin admin = Admin.create(cluster.client())) {
            send(billing, 0);
            OpenTransaction leaderAlone = named(transactions(refusing(admin, "listTransactions")), 0);
            assertThat(leaderAlone.producer().orElseThrow().transactionalId()).isEmpty();
            assertThat(leaderAlone.sentence())
                    .contains("producer-id=", "last record=", "transactional-id=unknown (TopicAuthorizationException)")
                    .contains(" abort --topic " + topics.events() + " --partition 0 --start-offset 0");
            OpenTransaction nobody = named(transactions(refusing(admin, "describeProducers")), 0);
            assertThat(nobody.producer()).isEqualTo(Optional.empty());
            assertThat(nobody.sentence())
                    .contains("offset=0, offsets held=1, producer=unknown (TopicAuthorizationException); look at it");
            billing.abortTransaction();
        }
    }

    private static OpenTransactions transactions(Admin admin) {
        return new OpenTransactions(admin, cluster.broker().bootstrapServers());
    }

    private OpenTransaction named(OpenTransactions transactions, int partition) {
        TopicPartition of = new TopicPartition(topics.events(), partition);
        Held held = transactions.held(List.of(topics.events())).get(of);
        assertThat(held).as("held partition %s", of).isNotNull();
        return transactions.named(of, held);
    }

    /** An administrator without the rights for one question. */
    private static Admin refusing(Admin admin, String question) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(question)) {
                        throw new TopicAuthorizationException("refused");
                    }
                    try {
                        return method.invoke(admin, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static KafkaProducer<byte[], byte[]> open(String transactionalId) {
        Map<String, Object> config = new HashMap<>(cluster.client());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MS);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int partition) {
        producer.send(new ProducerRecord<>(topics.events(), partition, null, new byte[] {1}));
        producer.flush();
    }
}
