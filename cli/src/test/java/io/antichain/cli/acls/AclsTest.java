package io.antichain.cli.acls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.cli.command.AntichainCommand;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import io.antichain.node.request.NodeStartException;
import io.antichain.node.state.ClockKind;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code acls} prints, on a broker with Kafka's own authorizer: it is enough, and nothing of it is too much. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AclsTest {
    private static final List<String> USERS = List.of("one", "two", "analyzer", "reader");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String ADVICE = "'antichain acls'";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AtomicInteger prefixes = new AtomicInteger();

    private Path folder;
    private SecuredCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.folder = folder;
        cluster = new SecuredCluster(folder, USERS, Map.of());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void theyAreEnoughForAConflictToBeFoundAndVerified() throws Exception {
        Topics topics = granted(1, Optional.empty());
        try (Node one = node("node-1", "one", topics);
                Node two = node("node-2", "two", topics);
                Analyzer analyzer = analyzer(topics)) {
            publishConcurrently(one, two);
            for (Node node : List.of(one, two)) {
                assertThat(post(node, "/sync", "").statusCode()).isEqualTo(200);
                assertThat(post(node, "/messages", "{\"payload\":\"b\"}").statusCode())
                        .isEqualTo(201);
            }
            await().atMost(LONG).until(analyzer::ready);

            assertRuns(topics, "verify", "--timeout", "120");
            assertRuns(topics, "doctor");
            // What exists is seen by now; using a transactional id would put out who has it.
            assertThat(seen("one", topics, 0, "node", "--process", "node-1"))
                    .contains("rights as the node node-1: 4 of 5 are there; cannot be seen: Write on transactional id "
                            + topics.prefix() + "node-1");
            assertThat(seen("analyzer", topics, 0, "analyzer"))
                    .contains("rights as the analyzer: 11 of 12 are there; cannot be seen: Write on transactional id "
                            + topics.prefix() + "analyzer-all-*");
            assertThat(seen("reader", topics, 0, "reader")).contains("rights as a reader: 6 of 6 are there");
            assertThat(seen("reader", topics, 1, "reader", "--webhook-group", "pages"))
                    .contains("it needs as a reader: missing=Read on group pages; ")
                    .contains("--reader-principal User:NAME --webhook-group pages");
            assertThat(seen("two", topics, 1, "node", "--process", "node-1"))
                    .contains("it needs as the node node-1: missing=Write on transactional id " + topics.prefix()
                            + "node-1; ")
                    .contains(
                            "antichain acls --topic-prefix " + topics.prefix() + " --node-principal node-1=User:NAME");
            assertThat(assertRuns(topics, "doctor", "--nodes", "http://127.0.0.1:" + one.port()))
                    .containsPattern("clock of http://127.0.0.1:" + one.port() + ": \\d\\.\\d s ");
            assertThat(assertRuns(topics, "conflicts", "-o", "json").lines()).hasSize(1);
            assertRuns(topics, "explain", "node-1:1", "node-2:1");
        }
    }

    @Test
    void theyAreEnoughWherePartitionsAreBroughtTogether() throws Exception {
        Topics topics = granted(2, Optional.empty());
        try (Node one = node("node-1", "one", topics);
                Node two = node("node-2", "two", topics);
                Analyzer analyzer = analyzer(topics)) {
            publishConcurrently(one, two);
            await().atMost(LONG).until(analyzer::ready);

            assertRuns(topics, "verify", "--timeout", "120");
        }
    }

    @Test
    void aNodeWithAnothersLoginCannotTakeItsName() throws Exception {
        Topics topics = granted(1, Optional.empty());

        assertThatThrownBy(() -> node("node-1", "two", topics))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("transactional id")
                .hasMessageContaining("process=node-1");
    }

    @Test
    void anAnalyzerCannotWriteToWhatItReads() throws Exception {
        Topics topics = granted(1, Optional.empty());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.client("analyzer"), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topics.events(), new byte[] {1}))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    /** Each rule with the number of partitions that makes it necessary. */
    static List<Object[]> rules() {
        List<Object[]> rules = new ArrayList<>();
        Topics topics = new Topics("");
        AccessRules direct = new AccessRules(topics, List.of(topics.events()), Scope.ALL, 1);
        AccessRules together = new AccessRules(topics, List.of(topics.events()), Scope.ALL, 2);
        direct.ofNode("node-1", "User:one").forEach(rule -> rules.add(new Object[] {rule, 1}));
        direct.ofAnalyzer("User:analyzer").forEach(rule -> rules.add(new Object[] {rule, 1}));
        direct.ofReader("User:reader", Optional.of("hook")).forEach(rule -> rules.add(new Object[] {rule, 1}));
        together.ofAnalyzer("User:analyzer").stream()
                .filter(rule -> rule.name().equals(topics.order(Scope.ALL)))
                .forEach(rule -> rules.add(new Object[] {rule, 2}));
        together.ofReader("User:reader", Optional.of("hook")).stream()
                .filter(rule -> rule.name().equals(topics.order(Scope.ALL)))
                .forEach(rule -> rules.add(new Object[] {rule, 2}));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void withoutOneOfThemWhatItIsForFailsWithASentenceThatNamesIt(AccessRule rule, int partitions) throws Exception {
        Topics topics = granted(partitions, Optional.of(rule));
        String name = rule.resource() == AccessRule.Resource.TRANSACTIONAL_ID
                ? "transactional id"
                : topics.prefix() + rule.name();

        String said =
                switch (rule.principal()) {
                    case "User:one" -> failureOfNode(topics);
                    case "User:analyzer" -> failureOfAnalyzer(topics);
                    default -> failureOfReader(rule, topics);
                };

        assertThat(said).contains(name);
        assertThat(said)
                .contains(rule.operation() == AccessRule.Operation.DESCRIBE_CONFIGS ? "grant DescribeConfigs" : ADVICE);
    }

    /** But for the group of a webhook, of which the doctor is not told. */
    static List<Object[]> rulesOfPrograms() {
        return rules().stream()
                .filter(rule -> !((AccessRule) rule[0]).name().equals("hook"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rulesOfPrograms")
    void withoutOneOfThemTheDoctorNamesIt(AccessRule rule, int partitions) throws Exception {
        Topics topics = granted(partitions, Optional.of(rule));
        boolean isOfState = rule.name().endsWith("-changelog");
        if (isOfState && rule.operation() != AccessRule.Operation.CREATE) {
            // Before it exists, nothing tells who may write to it.
            try (Admin admin = cluster.admin()) {
                admin.createTopics(List.of(new NewTopic(topics.prefix() + rule.name(), 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        String[] program =
                switch (rule.principal()) {
                    case "User:one" -> new String[] {"node", "--process", "node-1"};
                    case "User:analyzer" -> new String[] {"analyzer"};
                    default -> new String[] {"reader"};
                };

        assertThat(seen(rule.principal().substring("User:".length()), topics, 1, program))
                .containsPattern("matters: This login lacks rights that it needs as [^:]*: missing="
                        + rule.operation().written() + " on (topic|group|transactional id) " + topics.prefix()
                        + rule.name() + "\\*?; let somebody");
    }

    @Test
    void whatDoesNotExistYetIsNotGuessed() throws Exception {
        Topics topics = granted(1, Optional.empty());
        assertThat(seen("analyzer", topics, 0, "analyzer"))
                .contains("rights as the analyzer: 8 of 12 are there; cannot be seen: Write on topic " + topics.prefix()
                        + "analyzer-all-state-changelog, Read on topic " + topics.prefix()
                        + "analyzer-all-state-changelog, Read on group " + topics.prefix()
                        + "analyzer-all, Write on transactional id " + topics.prefix() + "analyzer-all-*");
        try (Admin admin = cluster.admin()) {
            assertThat(admin.listTopics().names().get())
                    .as("the topic that was only validated")
                    .doesNotContain(topics.prefix() + "analyzer-all-state-changelog");
            admin.deleteTopics(List.of(topics.anomalies())).all().get();
            await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topics.anomalies()));
        }
        assertThat(seen("analyzer", topics, 1, "analyzer"))
                .contains("matters: A topic does not exist: topic=" + topics.anomalies()
                        + "; create it with 'antichain init'");
        assertThat(seen("one", topics, 0, "node", "--process", "node-1")).doesNotContain("does not exist");
    }

    @Test
    void withoutANamedProgramRightsAreCountedForEach() throws Exception {
        Topics topics = granted(1, Optional.empty());
        assertThat(assertRuns(topics, "doctor"))
                .contains("rights as the analyzer: 4 of 12 are there; missing: ")
                .contains("rights as a reader: 6 of 6 are there")
                .doesNotContain("lacks rights");
    }

    /** At its second start: the first had nothing to read back. */
    private String failureOfNode(Topics topics) throws Exception {
        try (Node first = node("node-1", SecuredCluster.OWNER, topics)) {
            assertThat(post(first, "/messages", "{\"payload\":\"a\"}").statusCode())
                    .isEqualTo(201);
        }
        try (Node node = node("node-1", "one", topics)) {
            HttpResponse<String> answer = post(node, "/messages", "{\"payload\":\"a\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            return answer.body();
        } catch (NodeStartException e) {
            return e.getMessage();
        }
    }

    /** With something for each topic that it writes to: a conflict, an anomaly, a dead letter. */
    private String failureOfAnalyzer(Topics topics) throws Exception {
        NodeSettings three = settings("node-3", SecuredCluster.OWNER, topics);
        NodeSettings withoutClock = three.withClocks(new NodeSettings.Clocks(
                ClockKind.LAMPORT,
                three.clocks().receive(),
                three.clocks().maxClockWidth(),
                three.clocks().maxClockJump()));
        try (Node one = node("node-1", SecuredCluster.OWNER, topics);
                Node two = node("node-2", SecuredCluster.OWNER, topics);
                Node lamport = Node.start(withoutClock).awaitReady();
                KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                        cluster.client(SecuredCluster.OWNER), new ByteArraySerializer(), new ByteArraySerializer())) {
            publishConcurrently(one, two);
            post(lamport, "/messages", "{\"payload\":\"a\"}");
            stranger.send(new ProducerRecord<>(topics.events(), new byte[] {1, 2, 3}))
                    .get();
        }
        try (Analyzer analyzer = analyzer(topics)) {
            String[] said = {""};
            await().atMost(LONG).until(() -> {
                said[0] = analyzer.failed().getNow(unready(analyzer));
                return said[0].contains(ADVICE);
            });
            return said[0];
        } catch (StartRefusedException e) {
            return e.getMessage();
        }
    }

    private String failureOfReader(AccessRule rule, Topics topics) throws Exception {
        if (rule.operation() == AccessRule.Operation.DESCRIBE_CONFIGS) {
            return assertRuns(topics, "doctor");
        }
        try (Node one = node("node-1", SecuredCluster.OWNER, topics);
                Analyzer analyzer = Analyzer.start(analyzerSettings(topics, SecuredCluster.OWNER))) {
            post(one, "/messages", "{\"payload\":\"a\"}");
            await().atMost(LONG).until(analyzer::ready);
            StringWriter err = new StringWriter();
            String[] verify = {"verify"};
            String[] webhook = {
                "conflicts", "--follow", "--webhook", "http://localhost:1", "--webhook-group", topics.prefix() + "hook"
            };
            assertThat(run(topics, new StringWriter(), err, rule.name().equals("hook") ? webhook : verify))
                    .as("%s", err)
                    .isEqualTo(3);
            return err.toString();
        }
    }

    private static String unready(Analyzer analyzer) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + analyzer.port() + "/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void publishConcurrently(Node one, Node two) throws Exception {
        for (Node node : List.of(one, two)) {
            assertThat(post(node, "/pause", "").statusCode()).isEqualTo(200);
        }
        for (Node node : List.of(one, two)) {
            HttpResponse<String> answer = post(node, "/messages", "{\"payload\":\"a\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        for (Node node : List.of(one, two)) {
            assertThat(post(node, "/resume", "").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> post(Node node, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Node node(String process, String user, Topics topics) {
        return Node.start(settings(process, user, topics)).awaitReady();
    }

    private NodeSettings settings(String process, String user, Topics topics) {
        return NodeSettings.of(process, cluster.client(user)).withTopics(topics);
    }

    private Analyzer analyzer(Topics topics) {
        return Analyzer.start(analyzerSettings(topics, "analyzer"));
    }

    private AnalyzerSettings analyzerSettings(Topics topics, String user) {
        return AnalyzerSettings.defaults(topics, cluster.client(user), folder.resolve("state-" + topics.prefix()))
                .withPort(0);
    }

    /** What the doctor says to who logs in as this user for a program. */
    private String seen(String user, Topics topics, int exitCode, String... program) {
        List<String> command = new ArrayList<>(List.of("doctor", "--as"));
        command.addAll(List.of(program));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(runAs(user, topics, out, err, command.toArray(new String[0])))
                .as("%s%s", out, err)
                .isEqualTo(exitCode);
        return out.toString();
    }

    private String assertRuns(Topics topics, String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(run(topics, out, err, command)).as("%s%s", out, err).isZero();
        return out.toString();
    }

    private int run(Topics topics, StringWriter out, StringWriter err, String... command) {
        return runAs("reader", topics, out, err, command);
    }

    private int runAs(String user, Topics topics, StringWriter out, StringWriter err, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--topic-prefix", topics.prefix()));
        cluster.client(user).forEach((key, value) -> {
            switch (key) {
                case "bootstrap.servers" -> arguments.addAll(List.of("--bootstrap-server", value.toString()));
                case "schema.registry.url" -> arguments.addAll(List.of("--schema-registry-url", value.toString()));
                default -> arguments.addAll(List.of("--command-property", key + "=" + value));
            }
        });
        return AntichainCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }

    /** Topics of their own, with what the command prints for them granted, but for one rule. */
    private Topics granted(int partitions, Optional<AccessRule> without) throws Exception {
        Topics topics = new Topics("t" + prefixes.incrementAndGet() + ".");
        new TopicCreation(cluster.cluster(SecuredCluster.OWNER, topics), partitions, partitions == 1 ? 0 : 1, (short) 1)
                .run();
        StringWriter out = new StringWriter();
        int code = AntichainCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "acls",
                        "-o",
                        "json",
                        "--topic-prefix",
                        topics.prefix(),
                        "--partitions",
                        String.valueOf(partitions),
                        "--node-principal",
                        "node-1=User:one",
                        "--node-principal",
                        "node-2=User:two",
                        "--analyzer-principal",
                        "User:analyzer",
                        "--reader-principal",
                        "User:reader",
                        "--webhook-group",
                        topics.prefix() + "hook");
        assertThat(code).isZero();
        List<AclBinding> bindings = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            AclBinding binding = binding(JSON.readTree(line));
            if (without.isEmpty() || !isOf(binding, without.get(), topics)) {
                bindings.add(binding);
            }
        }
        assertThat(bindings).hasSize((int) out.toString().lines().count() - (without.isPresent() ? 1 : 0));
        try (Admin admin = cluster.admin()) {
            admin.createAcls(bindings).all().get();
            // The controller has them now; the broker, which answers this, goes by them a moment later.
            await().atMost(LONG).until(() -> admin.describeAcls(AclBindingFilter.ANY)
                    .values()
                    .get()
                    .containsAll(bindings));
        }
        return topics;
    }

    private static AclBinding binding(JsonNode rule) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.fromString(rule.get("resource").asText()),
                        rule.get("name").asText(),
                        PatternType.fromString(rule.get("patternType").asText())),
                new AccessControlEntry(
                        rule.get("principal").asText(),
                        "*",
                        AclOperation.fromString(rule.get("operation").asText()),
                        AclPermissionType.ALLOW));
    }

    private static boolean isOf(AclBinding binding, AccessRule rule, Topics topics) {
        return binding.entry().principal().equals(rule.principal())
                && binding.entry().operation()
                        == AclOperation.fromString(rule.operation().name())
                && binding.pattern().resourceType()
                        == ResourceType.fromString(rule.resource().name())
                && binding.pattern().name().equals(topics.prefix() + rule.name());
    }
}
