package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.cli.verify.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
        assertPairs("chord.", 15896, "chord.log", "--parser", "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");
    }

    @Test
    void simpledbGives16937Pairs() {
        assertPairs("simpledb.", 16937, "simpledb.log");
    }

    @Test
    void reliableBroadcastGives2044Pairs() {
        assertPairs("broadcast.", 2044, "reliable-broadcast.log", "--parser", BROADCAST);
    }

    @Test
    void theFirstExecutionOfFacebookGives68Pairs() {
        assertPairs(
                "facebook.",
                68,
                "facebook-multiple.log",
                "--parser",
                FACEBOOK,
                "--delimiter",
                "^=== (?<trace>.*) ===$",
                "--execution",
                "Execution #1");
    }

    private static void assertPairs(String prefix, long pairs, String file, String... flags) {
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                new Topics(prefix));
        new TopicCreation(cluster, 1, (short) 1).run();
        AnalyzerSettings settings = AnalyzerSettings.defaults(
                        cluster.topics(), cluster.client(), folder.resolve(prefix + "state"))
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            assertThat(replay(cluster, file, flags)).isEqualTo(ExitCode.DONE);
            Verification verification = new TopicsCheck(cluster).run(Duration.ofSeconds(60));
            assertThat(verification.holds()).as(verification.toString()).isTrue();
            assertThat(new StoredLog(cluster)
                            .conflicts().stream().mapToLong(Conflict::pairs).sum())
                    .isEqualTo(pairs);
            assertThat(analyzer.failed()).isNotDone();
        }
    }

    private static int replay(Cluster cluster, String file, String... flags) {
        String[] arguments = new String[flags.length + 8];
        arguments[0] = "replay";
        arguments[1] = "--bootstrap-server";
        arguments[2] = broker.bootstrapServers();
        arguments[3] = "--schema-registry-url";
        arguments[4] = registry.url();
        arguments[5] = "--topic-prefix";
        arguments[6] = cluster.topics().prefix();
        System.arraycopy(flags, 0, arguments, 7, flags.length);
        arguments[arguments.length - 1] = LOGS.resolve(file).toString();
        return Antichain.commandLine().execute(arguments);
    }
}
