package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} against an events topic of several partitions. */
class ExplainInTopicTest {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static Map<String, Object> client;

    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
        Cluster cluster = new Cluster(client, new Topics("explain."));
        new TopicCreation(cluster, 4, (short) 1).run();
        String log = "{\"host\":\"a\",\"clock\":{\"a\":1}}\n{\"host\":\"b\",\"clock\":{\"b\":1}}\n"
                + "{\"host\":\"c\",\"clock\":{\"a\":1,\"c\":1}}\n{\"host\":\"d\",\"clock\":{\"b\":1,\"d\":1}}\n";
        new ExecutionPublisher(cluster)
                .publish(new NdjsonParser().parse("x", "x.json", log).get(0));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
            registry.close();
        }
    }

    @Test
    void relatesEventsOfDifferentPartitions() {
        assertThat(explain("a:1", "c:1")).isZero();
        assertThat(commands.out().lines())
                .containsExactly("a:1 happened before c:1: c:1 knew 1 event of a, a:1 among them.");
        assertThat(explain("c:1", "d:1")).isZero();
        assertThat(commands.out().lines())
                .containsExactly(
                        "c:1 and d:1 are concurrent: c:1 knew no event of d, so not d:1; d:1 knew no event of c, so not"
                                + " c:1.");
    }

    @Test
    void anEventThatTheTopicLacksIsBadInput() {
        assertThat(explain("a:9", "c:1")).isEqualTo(4);
        assertThat(commands.err().strip())
                .isEqualTo("antichain: a:9 is not in the log; c:1 knew 1 event of a, so not a:9; whether a:9 knew c:1,"
                        + " only its own clock could tell. log=explain.events");
    }

    @Test
    void anOpenTransactionThatHoldsTheTopicIsNamedUntilItEnds() {
        try (HeldTopic held = HeldTopic.hold(client, "explain.events", 2, "billing")) {
            assertThat(explain("a:1", "c:1", "--command-property", "default.api.timeout.ms=20000"))
                    .isEqualTo(4);
            assertThat(held).isNotNull();
        }
        assertThat(commands.out()).isEmpty();
        assertThat(commands.err())
                .startsWith("antichain: An open transaction holds up all who read a partition: topic=explain.events,"
                        + " partition=2, offset=")
                .contains("transactional-id=billing, producer-id=", "since=")
                .contains("; commit or abort it in its program, or run kafka-transactions.sh --bootstrap-server "
                        + broker.bootstrapServers() + " forceTerminateTransaction --transactionalId billing;");
        assertThat(explain("a:1", "c:1")).isZero();
    }

    private int explain(String first, String second, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "explain",
                first,
                second,
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--schema-registry-url",
                registry.url(),
                "--topic-prefix",
                "explain."));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }
}
