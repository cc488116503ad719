package io.antichain.cli.kafka;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the analyzer has committed, seen from outside: the offsets of its consumer group. */
public final class AnalyzerProgress {
    private static final long STEP_NS = Duration.ofMillis(50).toNanos();

    private final Cluster cluster;
    private final String group;

    public AnalyzerProgress(Cluster cluster, Scope scope) {
        this.cluster = cluster;
        this.group = AnalyzerSettings.applicationId(cluster.topics(), scope);
    }

    /**
     * Waits until the analyzer has committed past {@code offset} of a topic's partition: then what it found up to there is readable.
     *
     * @param timeout how long it may go without committing anything
     * @throws ClusterException if it takes longer
     */
    public void await(TopicPartition events, long offset, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Admin admin = cluster.admin()) {
            long committed = committed(admin, events);
            while (committed <= offset) {
                if (System.nanoTime() > deadline) {
                    throw new ClusterException(
                            ClusterException.Kind.ANALYZER_STALLED,
                            "Timed out after " + timeout.toSeconds() + " s without progress by the analyzer: group="
                                    + group + ", partition=" + events + ", committed=" + committed + ", last="
                                    + offset);
                }
                LockSupport.parkNanos(STEP_NS);
                long before = committed;
                committed = committed(admin, events);
                deadline = committed > before ? System.nanoTime() + timeout.toNanos() : deadline;
            }
        }
    }

    private long committed(Admin admin, TopicPartition events) {
        try {
            OffsetAndMetadata committed = cluster.answer(
                            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .get(events);
            return committed == null ? 0 : committed.offset();
        } catch (ClusterException e) {
            throw cluster.named(e, group);
        }
    }
}
