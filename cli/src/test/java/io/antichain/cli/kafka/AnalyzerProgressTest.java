package io.antichain.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether an analyzer is past an offset, on a broker without one: its commits are made by hand. */
@Timeout(600)
class AnalyzerProgressTest {
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    @TempDir
    private Path folder;

    @Test
    void anAnalyzerThatDoesNotGetOnIsGivenUpWithItsLastOffset() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            Cluster cluster = cluster(broker);
            new TopicCreation(cluster, 1, (short) 1).run();
            AnalyzerProgress progress = new AnalyzerProgress(cluster, Scope.ALL);
            commit(cluster, 5);

            assertThatCode(() -> progress.await(new TopicPartition(TOPICS.events(), 0), 4, Duration.ofMinutes(5)))
                    .doesNotThrowAnyException();

            ClusterException stalled = catchThrowableOfType(
                    ClusterException.class,
                    () -> progress.await(new TopicPartition(TOPICS.events(), 0), 5, Duration.ofSeconds(1)));
            assertThat(stalled.kind()).isEqualTo(ClusterException.Kind.ANALYZER_STALLED);
            assertThat(stalled)
                    .hasMessage("Timed out after 1 s without progress by the analyzer: group="
                            + AnalyzerSettings.applicationId(TOPICS, Scope.ALL)
                            + ", partition=antichain.events-0, committed=5, last=5");
        }
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            TopicReader reader = new TopicReader(cluster(broker));
            ClusterException missing =
                    catchThrowableOfType(ClusterException.class, () -> reader.highWatermarks(TOPICS.events()));
            assertThat(missing.kind()).isEqualTo(ClusterException.Kind.TOPIC_MISSING);
            assertThat(missing).hasMessage("The topic does not exist: topic=antichain.events");
        }
    }

    private static Cluster cluster(EmbeddedBroker broker) {
        return new Cluster(Map.of("bootstrap.servers", broker.bootstrapServers()), TOPICS);
    }

    private static void commit(Cluster cluster, long offset) throws Exception {
        try (Admin admin = cluster.admin()) {
            admin.alterConsumerGroupOffsets(
                            AnalyzerSettings.applicationId(TOPICS, Scope.ALL),
                            Map.of(new TopicPartition(TOPICS.events(), 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }
}
