package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.export.ExportFormat;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.ShivizParser;
import io.antichain.analyzer.logfile.SkippedLines;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded executions of other systems through a real broker, to the exact number of concurrent pairs. */
class ReplayTest {
    private static final Path LOGS = Path.of("../../shared/logs");
    private static final String BROADCAST = "\\[\\w+\\] \\[(?<date>([^ ]+ [^ ]+))\\] [^ ]+"
            + " \\[akka://Broadcast/user/(?<host>\\w+)\\] (?<clock>.*\\}) (?<event>.*)";
    private static final String FACEBOOK = "(?<ip>(\\d{1,3}\\.){3}\\d{1,3}) (?<date>(\\d{1,2}/){2}\\d{4} (\\d{2}:){2}"
            + "\\d{2} (AM|PM)) (?<action>(INFO|GET|POST)) (?<event>.*)\\n(?<host>\\w*) (?<clock>.*)";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        assumeThat(LOGS).as("the recorded executions stand beside the project").exists();
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
            registry.close();
        }
    }

    @Test
    void chordGives15896Pairs() {
        assertPairs(
                "chord.", 15896, LOGS.resolve("chord.log"), "--parser", "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");
    }

    @Test
    void simpledbGives16937Pairs() {
        assertPairs("simpledb.", 16937, LOGS.resolve("simpledb.log"), "--strict");
    }

    @Test
    void reliableBroadcastGives2044Pairs() {
        assertPairs("broadcast.", 2044, LOGS.resolve("reliable-broadcast.log"), "--parser", BROADCAST);
    }

    @Test
    void theFirstExecutionOfFacebookGives68Pairs() {
        assertFacebook("facebook-1.", 68, "Execution #1");
    }

    @Test
    void theSecondExecutionOfFacebookGives62Pairs() {
        assertFacebook("facebook-2.", 62, "Execution #2");
    }

    /** One order a log; by hand as many as {@code -Dantichain.test.orders} says. */
    @Test
    void ordersDrawnAtRandomThatKeepLanesGiveTheSamePairs() throws IOException {
        int orders = Integer.getInteger("antichain.test.orders", 1);
        assertShuffled(orders, "chord.log", "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)", 15896);
        assertShuffled(orders, "simpledb.log", ShivizParser.DEFAULT_EXPRESSION, 16937);
        assertShuffled(orders, "reliable-broadcast.log", BROADCAST, 2044);
        assertShuffled(orders, "facebook-multiple.log", FACEBOOK, 68, 62);
    }

    private static void assertShuffled(int orders, String log, String parser, long... pairs) throws IOException {
        List<LoggedExecution> executions = new ShivizParser(parser, Optional.of("^=== (?<trace>.*) ===$"))
                .parse("x", log, Files.readString(LOGS.resolve(log)));
        assertThat(executions).hasSize(pairs.length);
        for (int i = 0; i < pairs.length; i++) {
            for (long seed = 1; seed <= orders; seed++) {
                List<LoggedEvent> events = new ArrayList<>(executions.get(i).events());
                Collections.shuffle(events, new Random(seed));
                String name = log + "-" + i + "-seed-" + seed + ".";
                Path shuffled = folder.resolve(name + "json");
                try (Writer file = Files.newBufferedWriter(shuffled)) {
                    ExportFormat.NDJSON
                            .writer()
                            .write(List.of(new LoggedExecution("x", events, SkippedLines.NONE)), file);
                }
                assertPairs(name, pairs[i], shuffled);
            }
        }
    }

    private static void assertFacebook(String prefix, long pairs, String execution) {
        assertPairs(
                prefix,
                pairs,
                LOGS.resolve("facebook-multiple.log"),
                "--parser",
                FACEBOOK,
                "--delimiter",
                "^=== (?<trace>.*) ===$",
                "--execution",
                execution);
    }

    private static void assertPairs(String prefix, long pairs, Path file, String... flags) {
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                new Topics(prefix));
        new TopicCreation(cluster, 1, (short) 1).run();
        AnalyzerSettings settings = AnalyzerSettings.defaults(
                        cluster.topics(), cluster.client(), folder.resolve(prefix + "state"))
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            assertThat(execute(replay(cluster, file, flags))).isEqualTo(ExitCode.DONE);
            Verification verification = new TopicsCheck(cluster).run(Duration.ofMinutes(5));
            assertThat(verification.holds()).as("%s %s", prefix, verification).isTrue();
            assertThat(verification.concurrentPairs()).as(prefix).isEqualTo(pairs);
            assertThat(new StoredLog(cluster)
                            .conflicts().stream().mapToLong(Conflict::pairs).sum())
                    .as(prefix)
                    .isEqualTo(pairs);
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    private static String[] replay(Cluster cluster, Path file, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("replay", file.toString()));
        arguments.addAll(inCluster(cluster));
        arguments.addAll(List.of(flags));
        return arguments.toArray(String[]::new);
    }

    private static List<String> inCluster(Cluster cluster) {
        return List.of(
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--schema-registry-url",
                registry.url(),
                "--topic-prefix",
                cluster.topics().prefix());
    }

    private static int execute(String... arguments) {
        return AntichainCommand.commandLine().execute(arguments);
    }
}
