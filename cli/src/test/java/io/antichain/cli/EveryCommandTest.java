package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.analyzer.AnalyzerClient;
import io.antichain.cli.command.AntichainCommand;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every command in a JVM of its own, on a running system: under foreign locales, with files that have the line ends of
 * Windows, without a terminal, and with a stdout that is closed.
 */
@Timeout(900)
class EveryCommandTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Map<String, CommandLine> COMMANDS =
            new TreeMap<>(AntichainCommand.commandLine().getSubcommands());

    /** A process whose name no ASCII locale can write, concurrent with another. */
    private static final String LOG =
            "{\"process\":\"ü\",\"clock\":{\"ü\":1}}\r\n{\"process\":\"b\",\"clock\":{\"b\":1}}\r\n";

    private static final int DONE = 0;
    private static final int CANNOT_CONNECT = 3;
    private static final int CLOSED_PIPE = 141;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static Analyzer analyzer;
    /** Something else listens here, so that what would run on and on ends with a sentence. */
    private static ServerSocket taken;

    private static Path log;
    private static Path settings;
    private static Path scenario;

    private final ProgramRuns runs = new ProgramRuns();

    /**
     * How a command is run.
     *
     * @param exit its exit code
     * @param says what stdout has, or where it has nothing, stderr
     * @param writes whether stdout has anything
     */
    private record Run(int exit, String says, boolean writes, List<String> arguments) {
        static Run of(int exit, String says, String... arguments) {
            return new Run(exit, says, exit == DONE, List.of(arguments));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        taken = new ServerSocket(0);
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                new Topics("every."));
        new TopicCreation(cluster, 1, (short) 1).run();
        new TopicCreation(new Cluster(cluster.client(), new Topics("replay.")), 1, (short) 1).run();
        new ExecutionPublisher(cluster)
                .publish(new NdjsonParser().parse("x", "x.json", LOG).get(0));
        analyzer = Analyzer.start(AnalyzerSettings.defaults(cluster.topics(), cluster.client(), folder.resolve("state"))
                .withPort(0));
        await().atMost(LONG)
                .until(() -> new AnalyzerClient(url(), HttpAccess.OPEN)
                                .get("/summary")
                                .at("/conflicts/pairs")
                                .asInt()
                        == 1);
        log = Files.writeString(folder.resolve("x.log"), LOG);
        settings = Files.writeString(
                folder.resolve("client.properties"),
                "bootstrap.servers=" + broker.bootstrapServers() + "\r\nschema.registry.url=" + registry.url()
                        + "\r\n");
        scenario = Files.writeString(
                folder.resolve("own.scenario"),
                Files.readString(Path.of("src/main/resources/scenarios/partition.scenario"))
                        .replace("\n", "\r\n"));
    }

    @AfterAll
    static void stop() throws IOException {
        analyzer.close();
        broker.close();
        registry.close();
        taken.close();
    }

    private static Map<String, Run> runs() {
        String port = "" + taken.getLocalPort();
        Map<String, Run> runs = new TreeMap<>();
        runs.put("analyze", Run.of(DONE, "\"ü\"", "analyze", log.toString(), "--export", "ndjson"));
        runs.put("replay", Run.of(DONE, "Published 2 events", inCluster("replay.", "replay", log.toString())));
        runs.put("explain", Run.of(DONE, "b:1", inCluster("every.", "explain", "b:1", "b:1")));
        runs.put("event", Run.of(DONE, "ü:1", "event", "b:1", "--analyzer", url()));
        runs.put("status", Run.of(DONE, "\nü  ", "status", "--analyzer", url()));
        runs.put("conflicts", Run.of(DONE, "ü:1", inCluster("every.", "conflicts")));
        runs.put("verify", Run.of(DONE, "2 events, 1 concurrent pair", inCluster("every.", "verify")));
        // Neither process has read from the other, which is what the doctor is there to find.
        runs.put("doctor", new Run(1, "process ü: ", true, List.of(inCluster("every.", "doctor"))));
        runs.put("init", Run.of(DONE, "every.events", inCluster("every.", "init")));
        runs.put(
                "acls",
                Run.of(DONE, "User:analyzer", inCluster("every.", "acls", "--analyzer-principal", "User:analyzer")));
        runs.put("demo", Run.of(CANNOT_CONNECT, port, "demo", "--broker-port", port));
        runs.put("node", Run.of(CANNOT_CONNECT, port, inCluster("every.", "node", "--process", "n", "--port", port)));
        runs.put("analyzer", Run.of(CANNOT_CONNECT, port, inCluster("every.", "analyzer", "--port", port)));
        runs.put(
                "scenario",
                Run.of(
                        CANNOT_CONNECT,
                        port,
                        "scenario",
                        scenario.toString(),
                        "--nodes",
                        String.join(",", Collections.nCopies(4, "http://127.0.0.1:" + port))));
        return runs;
    }

    private static String url() {
        return "http://127.0.0.1:" + analyzer.port();
    }

    /** With the cluster from a settings file, and the registry too. */
    private static String[] inCluster(String prefix, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--command-config", settings.toString(), "--topic-prefix", prefix));
        return all.toArray(String[]::new);
    }

    /** How a command of this name is run; one that is new here on the cluster, or else for its help. */
    private static Run run(String command) {
        boolean usesKafka = COMMANDS.get(command).getCommandSpec().optionsMap().containsKey("--command-config");
        Run otherwise = usesKafka
                ? Run.of(DONE, "", inCluster("every.", command))
                : Run.of(DONE, "Usage: antichain " + command, command, "--help");
        return runs().getOrDefault(command, otherwise);
    }

    @Test
    void saysTheSameWithoutALocale() throws Exception {
        for (String command : COMMANDS.keySet()) {
            Run run = run(command);
            int exit = runs.run(Map.of("LC_ALL", "C"), run.arguments().toArray(String[]::new));
            assertThat(exit).as("%s: %s", command, runs.err()).isEqualTo(run.exit());
            assertThat(run.writes() ? runs.out() : runs.err()).as(command).contains(run.says());
            assertThat(runs.out() + runs.err()).as(command).doesNotContain("\tat ", "\u001b", "\uFFFD");
        }
    }

    @Test
    void aClosedStdoutEndsItWithoutAStackTrace() throws Exception {
        for (String command : COMMANDS.keySet()) {
            Run run = run(command);
            String line = String.join(
                    " ",
                    ProgramRuns.program(run.arguments().toArray(String[]::new)).stream()
                            .map(word -> "'" + word + "'")
                            .toList());
            int exit = runs.start(Map.of("LANG", "", "LC_ALL", ""), List.of("bash", "-c", line + " >&-"), "");
            assertThat(exit).as("%s: %s", command, runs.err()).isEqualTo(run.writes() ? CLOSED_PIPE : run.exit());
            assertThat(runs.err()).as(command).doesNotContain("\tat ");
        }
    }

    @Test
    void helpsWithoutALocale() throws Exception {
        for (String command : COMMANDS.keySet()) {
            assertThat(runs.run(Map.of("LC_ALL", "C"), command, "--help"))
                    .as(command)
                    .isZero();
            assertThat(runs.out())
                    .as(command)
                    .startsWith("Usage: antichain " + command)
                    .doesNotContain("\u001b");
        }
        assertThat(runs.run(Map.of("LC_ALL", "C"), "analyze", "--no-such-flag")).isEqualTo(2);
        assertThat(runs.err()).doesNotContain("\tat ");
    }
}
