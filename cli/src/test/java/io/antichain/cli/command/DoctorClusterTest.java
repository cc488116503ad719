package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on three brokers: how topics are kept, a broker that is away, and one that tells a wrong address. */
@Timeout(900)
class DoctorClusterTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final List<Integer> EVERYWHERE = List.of(0, 1, 2);

    private final CommandRuns commands = new CommandRuns();

    @Test
    void copiesAreCountedAndABrokerThatIsAwayIsNoticed(@TempDir Path folder) throws Exception {
        try (ThreeBrokers cluster = new ThreeBrokers(folder, Map.of(), format -> {})) {
            create(
                    cluster,
                    topic("sound", EVERYWHERE, 2),
                    topic("single", List.of(2), 1),
                    topic("loose", EVERYWHERE, 1),
                    topic("tight", EVERYWHERE, 3));

            assertThat(doctor(cluster, "sound")).as(commands.out()).isZero();
            assertThat(commands.out().lines())
                    .contains(
                            "brokers: 3 of 3 reached at the addresses that they advertise",
                            "features: transaction.version 2, metadata.version "
                                    + MetadataVersion.latestProduction().version(),
                            "replicas: in sync in 1 of 1 partition of 1 topic")
                    .anyMatch(line -> line.startsWith("note: A topic holds no records"))
                    .endsWith("1 finding, none of which matters.");

            assertThat(doctor(cluster, "sound,single,loose,tight")).isEqualTo(1);
            assertThat(found())
                    .containsExactly(
                            "matters: Topics are kept fewer times than three, so a lost disk can lose messages:"
                                    + " topics=single, replication-factor=1, brokers=3; add replicas with"
                                    + " kafka-reassign-partitions.sh; 'antichain init --replication-factor 3' makes new"
                                    + " topics so",
                            "matters: What one broker alone has taken is acknowledged, and can be lost with it:"
                                    + " topics=loose, min.insync.replicas=1, replication-factor=3; set"
                                    + " min.insync.replicas=2 on them, with three replicas",
                            "note: Topics cannot be written to while one of their brokers is away: topics=tight,"
                                    + " min.insync.replicas=3; keep them one time more often, as in 3 replicas with"
                                    + " min.insync.replicas=2");

            cluster.stopTheLast();
            awaitKinds(
                    cluster,
                    "sound,single,loose,tight",
                    Map.of("single", "NO_LEADER", "tight", "IN_SYNC_TOO_FEW", "sound", "OUT_OF_SYNC"));
            assertThat(commands.out()).as("with two brokers left").doesNotContain("REPLICATION_LOW");
            assertThat(doctor(cluster, "single")).isEqualTo(1);
            assertThat(commands.out().lines())
                    .contains("topic single: not read; a finding says what does not answer")
                    .anyMatch(line -> line.startsWith("matters: Partitions have no leader"))
                    .noneMatch(line -> line.startsWith("note: A topic holds no records"));
        }
    }

    @Test
    void aBrokerThatTellsAWrongAddressIsNamedAndTheOthersAreLookedAt(@TempDir Path folder) throws Exception {
        int closed;
        try (ServerSocket one = new ServerSocket(0)) {
            closed = one.getLocalPort();
        }
        try (ThreeBrokers cluster = new ThreeBrokers(folder, Map.of(2, closed), format -> {})) {
            create(cluster, topic("reached", List.of(0, 1), 1), topic("unreached", List.of(2), 1));

            assertThat(doctor(cluster, "reached,unreached")).isEqualTo(1);
            assertThat(commands.out().lines())
                    .contains(
                            "brokers: 2 of 3 reached at the addresses that they advertise",
                            "topic unreached: not read; a finding says what does not answer",
                            "matters: A broker is not reached from this machine at the address that it tells its clients:"
                                    + " broker=2, address=localhost:" + closed + ", failure=TimeoutException; correct"
                                    + " advertised.listeners of the broker, or the names and routes of this machine")
                    .anyMatch(line -> line.startsWith("topic reached: 0 records in 1 partition"));
        }
    }

    @Test
    void featuresOfAnOlderClusterAreNamed(@TempDir Path folder) throws Exception {
        try (ThreeBrokers cluster =
                new ThreeBrokers(folder, Map.of(), format -> format.setReleaseVersion(MetadataVersion.IBP_4_0_IV3)
                        .setFeatureLevel("transaction.version", (short) 1))) {
            create(cluster, topic("sound", EVERYWHERE, 2));

            assertThat(doctor(cluster, "sound")).isEqualTo(1);
            assertThat(found())
                    .containsExactly(
                            "matters: Transactions do not keep out records that come late, so a message that was given"
                                    + " up can still come into the log with the next one, beside another of its number:"
                                    + " transaction.version=1; run kafka-features.sh upgrade --feature"
                                    + " transaction.version=2, once all brokers run Kafka 4.0 or later",
                            "note: The tests run with a newer Kafka than this cluster: metadata.version=4.0-IV3,"
                                    + " tested="
                                    + MetadataVersion.latestProduction().version()
                                    + "; upgrade its brokers, then run kafka-features.sh upgrade --release-version"
                                    + " with their version");
        }
    }

    private static void create(ThreeBrokers cluster, NewTopic... topics) throws Exception {
        try (Admin admin = cluster.admin()) {
            admin.createTopics(List.of(topics)).all().get();
        }
    }

    private static NewTopic topic(String name, List<Integer> replicas, int minInSync) {
        return new NewTopic(name, Map.of(0, replicas))
                .configs(Map.of(
                        "message.timestamp.type", "LogAppendTime", "min.insync.replicas", String.valueOf(minInSync)));
    }

    private void awaitKinds(ThreeBrokers cluster, String topics, Map<String, String> kinds) {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(doctor(cluster, topics, "-o", "json")).isEqualTo(1);
            Set<String> found = new TreeSet<>();
            for (JsonNode finding : new ObjectMapper().readTree(commands.out()).get("findings")) {
                Optional.ofNullable(finding.get("values").get("topic"))
                        .ifPresent(topic -> found.add(
                                topic.asText() + " " + finding.get("kind").asText()));
            }
            assertThat(found)
                    .containsAll(kinds.entrySet().stream()
                            .map(kind -> kind.getKey() + " " + kind.getValue())
                            .toList());
        });
    }

    /** But for those of topics without records. */
    private List<String> found() {
        return commands.out()
                .lines()
                .filter(line -> line.matches("(matters|note): .*"))
                .filter(line -> !line.contains("holds no records"))
                .toList();
    }

    private int doctor(ThreeBrokers cluster, String topics, String... more) {
        return commands.run(Stream.concat(
                        Stream.of("doctor", "--bootstrap-server", cluster.bootstrapServers(), "--topics", topics),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
