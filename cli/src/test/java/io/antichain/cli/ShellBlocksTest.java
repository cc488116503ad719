package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.demo.DemoPorts;
import io.antichain.cli.demo.DemoSystem;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell blocks of the README and the guides, line by line, as a reader types them. What differs is where the parts listen,
 * on this one machine with its one broker, and the two dots that the README takes from the answers. Left out are what
 * builds or needs a container engine, which .ci/cluster runs, {@code demo}, which tests of its own run, and kcat where it is
 * not installed; .ci/run installs it.
 */
@Timeout(900)
class ShellBlocksTest {
    private static final Path ROOT = Path.of("..");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)\\n```");
    private static final Pattern LEFT_OUT = Pattern.compile(
            "(mvn|docker|\\./antichain demo|examples/orders/run|interop/(install|check))\\b.*|.*docker/cluster/.*");
    private static final boolean HAS_KCAT = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kcat")));
    private static final Pattern KCAT_SAYS = Pattern.compile(StampHeader.NAME + "| at \\d+/\\d+");
    private static final Pattern RUNS_ON = Pattern.compile("\\./antichain (node|analyzer)\\b.*|.* --follow\\b.*");
    private static final Pattern ANSWERED_DOT = Pattern.compile("\"dot\":\"([^\"]+)\"");
    private static final Pattern NAMED_DOT = Pattern.compile("node-[0-9]:[0-9]+");
    private static final String TWO_WRITERS = "first\na {\"a\":1}\nsecond\nb {\"b\":1}\nthird\na {\"a\":2,\"b\":1}\n";
    private static final String HISTORY =
            "commit " + "a".repeat(40) + "\nAuthor: ada <a@example.com>\nDate:   now\n\n    one\n\n"
                    + "commit " + "b".repeat(40) + " " + "a".repeat(40)
                    + "\nAuthor: bob <b@example.com>\nDate:   now\n\n    two\n\n";

    @TempDir
    private Path folder;

    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Deque<Process> running = new ArrayDeque<>();
    private final List<String> dots = new ArrayList<>();
    private int lines;

    @AfterEach
    void stopWhatRuns() throws InterruptedException {
        while (!running.isEmpty()) {
            Process process = running.pop();
            process.destroy();
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void thoseForADemo() throws Exception {
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder.resolve("demo"))) {
            new ScenarioRunner(Scenarios.named("partition"), system.nodeUrls(), HttpAccess.OPEN, 1).run();
            place("localhost:8080", system.analyzerUrl());
            place("localhost:8888", system.nodeUrls().get(0));
            place("localhost:8889", system.nodeUrls().get(1));
            prepare(system.cluster());
            environment.put("ANTICHAIN_ANALYZER", system.analyzerUrl());
            Files.writeString(folder.resolve("my.log"), TWO_WRITERS);
            Files.writeString(folder.resolve("history.log"), HISTORY);
            walk("README.md");
            walk("docs/operate.md");
            walk("docs/log-files.md");
        }
        assertThat(dots).hasSize(2);
        assertThat(lines).isGreaterThan(20);
    }

    @Test
    void thoseForACluster() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics(Topics.DEFAULT_PREFIX));
            int node = freePort();
            places.put("kafka:9092", broker.bootstrapServers());
            places.put("http://registry:8081", registry.url());
            places.put("localhost:8888", "localhost:" + node);
            places.put("--port 8888", "--port " + node);
            places.put("--replication-factor 3", "--replication-factor 1");
            prepare(cluster);
            environment.put("ANTICHAIN_PORT", "0");
            environment.put("ANTICHAIN_STATE_DIR", folder.resolve("state").toString());
            new TopicCreation(cluster, 1, (short) 1).run();
            new ExecutionPublisher(cluster)
                    .publish(new NdjsonParser()
                            .parse(
                                    "x",
                                    "x.json",
                                    "{\"process\":\"a\",\"clock\":{\"a\":1}}\n{\"process\":\"b\",\"clock\":{\"b\":1}}\n")
                            .get(0));
            publishStamped(cluster);
            walk("docs/cluster.md");
            stopWhatRuns();
            walk("docs/stamp-my-service.md");
        }
        assertThat(lines).isGreaterThan(12);
    }

    @Test
    void thoseForASecuredSystem() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics(Topics.DEFAULT_PREFIX));
            for (String named : List.of("8080", "8888")) {
                int free = freePort();
                places.put("localhost:" + named, "localhost:" + free);
                places.put("--port " + named, "--port " + free);
            }
            prepare(cluster);
            environment.put("ANTICHAIN_PROCESS", "node-1");
            Files.writeString(folder.resolve("analyzer.properties"), "");
            environment.put("ANTICHAIN_STATE_DIR", folder.resolve("state").toString());
            Files.createSymbolicLink(folder.resolve("ops"), ROOT.resolve("ops").toRealPath());
            new TopicCreation(cluster, 1, (short) 1).run();
            walk("docs/secure-it.md");
        }
        assertThat(lines).isGreaterThan(5);
    }

    /** Every document with shell blocks is walked by one of the tests above, or builds alone. */
    @Test
    void noDocumentIsForgotten() throws IOException {
        List<String> walked = List.of(
                "README.md",
                "docs/operate.md",
                "docs/log-files.md",
                "docs/cluster.md",
                "docs/secure-it.md",
                "docs/stamp-my-service.md");
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        for (Path document : documents) {
            String name = ROOT.relativize(document).toString();
            assertThat(walked.contains(name)
                            || lines(name).stream()
                                    .allMatch(line -> LEFT_OUT.matcher(line).matches()))
                    .as(name)
                    .isTrue();
        }
    }

    private void place(String named, String url) {
        places.put(named, URI.create(url).getAuthority());
    }

    /** The program as it lies in a clone, and where its parts are. */
    private void prepare(Cluster cluster) throws IOException {
        environment.put(
                "ANTICHAIN_BOOTSTRAP_SERVER",
                cluster.client().get("bootstrap.servers").toString());
        environment.put(
                "ANTICHAIN_SCHEMA_REGISTRY_URL",
                cluster.client().get("schema.registry.url").toString());
        environment.put("CURL_HOME", folder.toString());
        Files.writeString(folder.resolve(".curlrc"), "fail\nsilent\nshow-error\n");
        String program = String.join(
                " ",
                ProgramRuns.program().stream().map(word -> "'" + word + "'").toList());
        Path launcher = Files.writeString(folder.resolve("antichain"), "#!/bin/sh\nexec " + program + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Two services whose records with one key are concurrent. */
    private static void publishStamped(Cluster cluster) throws Exception {
        try (Admin admin = Admin.create(cluster.client());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("orders", 2, (short) 1), new NewTopic("stock", 2, (short) 1)))
                    .all()
                    .get();
            for (String service : List.of("orders-1", "stock-1")) {
                ProcessId process = ProcessId.of(service);
                for (String topic : List.of("orders", "stock")) {
                    long counter = topic.equals("orders") ? 1 : 2;
                    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, new byte[] {7}, new byte[0]);
                    record.headers()
                            .add(
                                    StampHeader.NAME,
                                    BinaryForm.encode(new Stamp(
                                            new Dot(process, counter),
                                            clock(service, counter),
                                            new LamportTimestamp(counter))));
                    producer.send(record).get();
                }
            }
        }
    }

    /** The second message of each service knows the first of the other, as nobody reads nothing. */
    private static VectorClock clock(String service, long counter) {
        VectorClock others = counter == 1
                ? VectorClock.empty()
                : VectorClock.parse(service.equals("orders-1") ? "{stock-1=1}" : "{orders-1=1}");
        return others.merge(VectorClock.parse("{" + service + "=" + counter + "}"));
    }

    private static List<String> lines(String document) throws IOException {
        List<String> lines = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve(document)));
        while (blocks.find()) {
            blocks.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        }
        return lines;
    }

    private void walk(String document) throws Exception {
        for (String line : lines(document)) {
            if (!LEFT_OUT.matcher(line).matches() && (HAS_KCAT || !line.startsWith("kcat "))) {
                lines++;
                type(document + ": " + line, here(line));
            }
        }
    }

    /** The line for this machine, with the dots that were answered. */
    private String here(String line) {
        String here = line;
        for (Map.Entry<String, String> place : places.entrySet()) {
            here = here.replace(place.getKey(), place.getValue());
        }
        List<String> answered = new ArrayList<>(dots);
        return NAMED_DOT.matcher(here).replaceAll(named -> answered.isEmpty() ? named.group() : answered.remove(0));
    }

    private void type(String what, String line) throws Exception {
        Path out = Files.createTempFile(folder, "line", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-c", RUNS_ON.matcher(line).matches() ? "exec " + line : line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (RUNS_ON.matcher(line).matches()) {
            running.push(process);
            String awaited = line.contains("--follow") ? " is concurrent with " : " listens on http";
            await(what).atMost(LONG).until(() -> Files.readString(out).contains(awaited) || !process.isAlive());
            assertThat(process.isAlive())
                    .as("%s%n%s", what, Files.readString(out))
                    .isTrue();
        } else {
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as(what)
                    .isTrue();
            String said = Files.readString(out);
            assertThat(process.exitValue()).as("%s%n%s", what, said).isZero();
            if (line.startsWith("kcat ")) {
                assertThat(said).as(what).containsPattern(KCAT_SAYS);
            }
            Matcher dot = ANSWERED_DOT.matcher(said);
            if (line.contains("/messages -H") && dot.find()) {
                dots.add(dot.group(1));
            }
        }
    }
}
