package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on what a schema registry says, and on machines that are asked for the time. */
@Timeout(900)
class DoctorRegistryTest {
    private static final String REGISTERED =
            "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\",\"compatibilityLevel\":\"FULL\"}";

    @TempDir
    private static Path folder;

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private static EmbeddedBroker broker;

    private final Topics topics = new Topics("t" + PREFIXES.incrementAndGet() + ".");
    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void schemasOfThisVersionAreCountedAndNothingIsRegistered() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0)) {
            create(registry);
            assertThat(doctor(registry.url())).as(commands.out()).isZero();
            assertThat(commands.out().lines())
                    .contains("registry: 0 of 4 schemas registered as this version writes them, compatibility BACKWARD")
                    .anyMatch(line -> line.matches(
                            "clock of schema registry: \\d\\.\\d s (ahead|behind), give or take \\d\\.\\d s"));
            assertThat(get(registry, "/subjects")).isEqualTo("[]");

            register(
                    registry,
                    topics.events(),
                    io.antichain.wire.Event.getClassSchema().toString());
            assertThat(doctor(registry.url())).isZero();
            assertThat(commands.out()).contains("registry: 1 of 4 schemas registered");
            assertThat(doctor(registry.url(), "--as", "analyzer")).isZero();
            assertThat(commands.out()).contains("registry: 0 of 2 schemas registered");
        }
    }

    @Test
    void aSchemaThatNobodyWouldRegisterIsMissing() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0)) {
            create(registry);
            register(
                    registry,
                    topics.events(),
                    io.antichain.wire.Event.getClassSchema().toString());
            String[] node = {
                "--as", "node", "--process", "node-1", "--command-property", "auto.register.schemas=false", "-o", "json"
            };
            assertThat(doctor(registry.url(), node)).isEqualTo(1);
            assertThat(found("SCHEMA_MISSING").get("subject").asText()).isEqualTo(topics.clocks() + "-value");
        }
    }

    @Test
    void anotherSchemaUnderASubjectOfOursMatters() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0)) {
            create(registry);
            register(registry, topics.conflicts(), "\"string\"");
            // Written with one field more, which has a default: read by this version, and accepted beside it.
            register(
                    registry,
                    topics.anomalies(),
                    io.antichain.wire.Anomaly.getClassSchema()
                            .toString()
                            .replaceFirst(
                                    "\"fields\":\\[",
                                    "\"fields\":[{\"name\":\"later\",\"type\":\"long\",\"default\":0},"));
            assertThat(doctor(registry.url(), "-o", "json")).isEqualTo(1);
            JsonNode values = found("SCHEMA_INCOMPATIBLE");
            assertThat(values.get("subject").asText()).isEqualTo(topics.conflicts() + "-value");
            assertThat(values.get("schema").asText()).startsWith("id=1, incompatibility=");

            // Under FULL, who reads by the newest must be able to read what is written by ours: not a field that ours
            // lacks.
            register(
                    registry,
                    topics.clocks(),
                    io.antichain.wire.ClockCheckpoint.getClassSchema()
                            .toString()
                            .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"later\",\"type\":\"long\"},"));
            send("PUT", registry.url() + "/config", "{\"compatibility\":\"FULL\"}");
            String[] node = {"--as", "node", "--process", "node-1", "-o", "json"};
            assertThat(doctor(registry.url(), node)).isEqualTo(1);
            assertThat(found("SCHEMA_INCOMPATIBLE").get("subject").asText()).isEqualTo(topics.clocks() + "-value");
            assertThat(found("SCHEMA_INCOMPATIBLE").get("schema").asText())
                    .endsWith(", refused beside it by the registry");
            send("PUT", registry.url() + "/config", "{\"compatibility\":\"NONE\"}");
            assertThat(doctor(registry.url(), node)).isZero();
        }
    }

    @Test
    void aRegistryThatTakesAnySchemaIsNoted() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0)) {
            create(registry);
            send("PUT", registry.url() + "/config", "{\"compatibility\":\"NONE\"}");
            assertThat(doctor(registry.url())).isZero();
            String command = "curl -X PUT -H 'Content-Type: application/json' -d '{\"compatibility\":\"FULL\"}' "
                    + registry.url() + "/config";
            assertThat(commands.out())
                    .contains("note: The registry takes any schema")
                    .contains(command);
            Process typed = new ProcessBuilder("bash", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            assertThat(typed.waitFor())
                    .as(new String(typed.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isZero();
            assertThat(doctor(registry.url())).isZero();
            assertThat(commands.out()).contains("compatibility FULL").doesNotContain("takes any schema");
        }
    }

    @Test
    void withoutARegistryTheRestIsLookedAtAndEnvelopesAreNotRead() throws Exception {
        EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0);
        create(registry);
        new ExecutionPublisher(cluster(registry.url()))
                .publish(new NdjsonParser()
                        .parse("x", "x.json", "{\"process\":\"a\",\"clock\":{\"a\":1}}\n")
                        .get(0));
        registry.close();

        assertThat(doctor(registry.url())).isEqualTo(1);
        assertThat(commands.out().lines())
                .contains("topic " + topics.events() + ": not read; a finding says what does not answer")
                .anyMatch(line -> line.startsWith("matters: No schema registry answered: schema.registry.url"))
                .noneMatch(line -> line.contains("holds no records"));
        assertThat(doctor(registry.url(), "--topics", topics.conflicts()))
                .as("a topic of others' records, for which no registry is needed")
                .isZero();
        assertThat(commands.out()).doesNotContain("registry");
    }

    @Test
    void aLoginThatMayNotRegisterIsFoundOfProgramsThatHaveTo() throws Exception {
        Javalin registry = server(0, path -> path.endsWith("/versions") ? 403 : 200);
        try {
            create(null);
            String url = "http://localhost:" + registry.port();
            assertThat(doctor(url, "--as", "reader")).as(commands.out()).isZero();
            assertThat(commands.out()).contains("registry: 4 of 4 schemas registered");
            assertThat(doctor(url, "--as", "analyzer")).isEqualTo(1);
            assertThat(commands.out())
                    .contains(
                            "matters: The schema registry does not permit this user to do this: schema.registry.url answered"
                                    + " 403 to POST " + url + "/subjects/" + topics.conflicts() + "-value/versions; ");
            assertThat(doctor(url, "--as", "analyzer", "--command-property", "auto.register.schemas=false"))
                    .isZero();
        } finally {
            registry.stop();
        }
    }

    @Test
    void clocksOfMachinesAreHeldAgainstThisOne() throws Exception {
        Javalin late = server(-3_600, path -> 200);
        Javalin right = server(0, path -> 401);
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve(topics.prefix()), 0)) {
            create(registry);
            String lateUrl = "http://localhost:" + late.port();
            String rightUrl = "http://localhost:" + right.port();
            assertThat(doctor(registry.url(), "--nodes", lateUrl + "," + rightUrl + "/"))
                    .isZero();
            assertThat(commands.out().lines())
                    .anyMatch(line -> line.matches(
                            "clock of " + rightUrl + "/: \\d\\.\\d s (ahead|behind), give or take \\d\\.\\d s"))
                    .anyMatch(line ->
                            line.matches("note: The wall clock of another machine is not that of this one: machine="
                                    + lateUrl
                                    + ", clock=3(599|600|601)\\.\\d s behind, give or take \\d\\.\\d s; have both set"
                                    + " theirs by NTP"))
                    .filteredOn(line -> line.contains("wall clock"))
                    .hasSize(1);

            assertThat(doctor(registry.url(), "--analyzer", "http://localhost:1"))
                    .isEqualTo(1);
            assertThat(commands.out())
                    .contains("matters: A node or analyzer that was named does not answer: address=http://localhost:1,"
                            + " failure=ConnectException");
            assertThat(doctor(registry.url(), "--analyzer", "localhost")).isEqualTo(1);
            assertThat(commands.out()).contains("address=localhost, failure=no HTTP address");
        } finally {
            late.stop();
            right.stop();
        }
    }

    /** What answers all requests with what a registry says of a schema, at a time of its own. */
    private static Javalin server(long aheadSeconds, ToIntFunction<String> status) {
        Handler answer = request -> request.status(status.applyAsInt(request.path()))
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(aheadSeconds)))
                .contentType("application/json")
                .result(REGISTERED);
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/<path>", answer);
                    config.routes.post("/<path>", answer);
                })
                .start("localhost", 0);
    }

    private void create(EmbeddedRegistry registry) {
        new TopicCreation(cluster(registry == null ? "http://localhost:1" : registry.url()), 1, (short) 1).run();
    }

    private Cluster cluster(String registryUrl) {
        return new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registryUrl), topics);
    }

    /** As whoever has the schema's file registers it: without what Avro's generator adds for Java. */
    private static void register(EmbeddedRegistry registry, String topic, String schema) throws Exception {
        String plain = schema.replace(",\"avro.java.string\":\"String\"", "");
        send(
                "POST",
                registry.url() + "/subjects/" + topic + "-value/versions",
                JsonNodeFactory.instance.objectNode().put("schema", plain).toString());
    }

    private static String get(EmbeddedRegistry registry, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registry.url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void send(String method, String url, String body) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header("Content-Type", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private JsonNode found(String kind) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode finding : new ObjectMapper().readTree(commands.out()).get("findings")) {
            if (finding.get("kind").asText().equals(kind)) {
                found.add(finding.get("values"));
            }
        }
        assertThat(found).as(commands.out()).hasSize(1);
        return found.get(0);
    }

    private int doctor(String registryUrl, String... more) {
        return commands.run(Stream.concat(
                        Stream.of(
                                "doctor",
                                "--bootstrap-server",
                                broker.bootstrapServers(),
                                "--schema-registry-url",
                                registryUrl,
                                "--topic-prefix",
                                topics.prefix()),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
