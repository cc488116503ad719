package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read topics, with a registry that does not know the schemas, and with a pipe that is closed. */
@Timeout(900)
class UndecodedRecordsTest {
    private static final String PREFIX = "undecoded.";
    private static final String FOLLOWED = "followed.";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static HttpServer ignorant;

    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void publish() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ignorant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ignorant.createContext("/", exchange -> {
            byte[] answer = "{\"error_code\":40403,\"message\":\"Schema not found\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        ignorant.start();
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                new Topics(PREFIX));
        new TopicCreation(cluster, 1, (short) 1).run();
        String log =
                "{\"host\":\"a\",\"clock\":{\"a\":1},\"text\":\"seats: 2\\n\"}\n{\"host\":\"b\",\"clock\":{\"b\":1}}\n"
                        + "{\"host\":\"c\",\"clock\":{\"c\":1}}\n";
        new ExecutionPublisher(cluster)
                .publish(new NdjsonParser().parse("x", "x.json", log).get(0));
        AnalyzerSettings settings = AnalyzerSettings.defaults(
                        cluster.topics(), cluster.client(), folder.resolve("state"))
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> new StoredLog(cluster).conflicts().size() == 2);
            assertThat(analyzer.ready()).isTrue();
            CommandRuns second = new CommandRuns();
            List<String> arguments = arguments(registry.url(), "analyzer", "--port", "0");
            arguments.addAll(List.of("--state-dir", folder.toString(), "--instance-id", "state"));
            assertThat(second.run(arguments.toArray(String[]::new)))
                    .as(second.err())
                    .isEqualTo(2);
            assertThat(second.err())
                    .startsWith("antichain: Another analyzer uses the folder of the state: state-dir=")
                    .hasLineCount(1);
        }
    }

    @AfterAll
    static void stop() {
        if (ignorant != null) {
            ignorant.stop(0);
            broker.close();
            registry.close();
        }
    }

    @Test
    void noCommandSaysZeroOfWhatItCouldNotRead() {
        String other = "http://localhost:" + ignorant.getAddress().getPort();
        for (List<String> command : List.of(
                List.of("conflicts", "--fail-on-conflict"),
                List.of("conflicts", "--last", "1"),
                List.of("conflicts", "--follow"),
                List.of("explain", "a:1", "b:1"),
                List.of("verify"))) {
            assertThat(run(other, command.toArray(String[]::new)))
                    .as("%s", command)
                    .isEqualTo(4);
            assertThat(commands.err())
                    .as("%s", command)
                    .startsWith("antichain: Records of a topic cannot be decoded: topic=" + PREFIX)
                    .contains("failure=UNKNOWN_ID; name the registry that they were written with")
                    .hasLineCount(1);
        }
    }

    @Test
    void withTheRightRegistryTheyReadAll() {
        assertThat(run(registry.url(), "conflicts", "--fail-on-conflict")).isEqualTo(1);
        assertThat(commands.out()).contains("c:1 is concurrent with 2 earlier events");
        assertThat(run(registry.url(), "explain", "a:1", "b:1")).isZero();
        assertThat(run(registry.url(), "verify"))
                .as(() -> commands.out() + commands.err())
                .isZero();
        assertThat(commands.out()).contains("3 events, 3 concurrent pairs");
    }

    @Test
    void thatNoRecordIsAmongThoseAskedForIsSaid() {
        assertThat(run(registry.url(), "conflicts", "--key", "kiwi")).isZero();
        assertThat(commands.out()).isEmpty();
        assertThat(commands.err()).isEqualTo("No conflict record is among those asked for: records=2\n");
    }

    @Test
    void thePayloadsOfBothSidesAreShown() {
        assertThat(run(registry.url(), "conflicts", "--payloads", "--last", "1"))
                .isZero();
        assertThat(commands.out().lines().filter(line -> line.contains("payload")))
                .containsExactlyInAnyOrder(
                        "  payload of c:1: \"\"", "  payload of b:1: \"\"", "  payload of a:1: \"seats: 2\\n\"");
        assertThat(run(registry.url(), "conflicts", "--payloads", "--last", "1", "-o", "json"))
                .isZero();
        assertThat(commands.out()).contains("\"payloads\":{\"c:1\":\"\",").contains("\"a:1\":\"seats: 2\\n\"");
    }

    /** It finds out when it writes: with the next record, at the latest. */
    @Test
    void followEndsWhenNobodyReadsItsOutput() throws Exception {
        byte[] record = firstConflict();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add("io.antichain.cli.Antichain");
        command.addAll(arguments(registry.url(), "conflicts", "--follow"));
        command.set(command.indexOf(PREFIX), FOLLOWED);
        Process process = new ProcessBuilder(
                        "bash", "-c", String.join(" ", command) + " -o json | head -c 1; echo ${PIPESTATUS[0]}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                producer.send(new ProducerRecord<>(FOLLOWED + "conflicts", record))
                        .get();
                return !process.isAlive();
            });
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("141\n");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The bytes of a conflict record; the topic to follow, where they are to be published again and again, is made too. */
    private static byte[] firstConflict() throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            admin.createTopics(List.of(new NewTopic(FOLLOWED + "conflicts", 1, (short) 1)))
                    .all()
                    .get();
            TopicPartition conflicts = new TopicPartition(PREFIX + "conflicts", 0);
            consumer.assign(List.of(conflicts));
            consumer.seekToBeginning(List.of(conflicts));
            List<byte[]> found = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
                return !found.isEmpty();
            });
            return found.get(0);
        }
    }

    private int run(String registryUrl, String... command) {
        return commands.run(arguments(registryUrl, command).toArray(String[]::new));
    }

    private static List<String> arguments(String registryUrl, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap-server", broker.bootstrapServers(), "--topic-prefix", PREFIX));
        arguments.addAll(List.of("--schema-registry-url", registryUrl));
        return arguments;
    }
}
