package io.antichain.cli.kafka;

import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are not there yet, each with the settings that its use needs. */
public final class TopicCreation {
    // Every node reads all of it at its start, and every transaction adds to it. The segment that is written on is
    // never compacted, so segments are small and short-lived. Transactions' markers stay for the retention of deletes,
    // which is still many times what reading it takes.
    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG, "4194304",
            TopicConfig.SEGMENT_MS_CONFIG, "600000",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "600000",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, "300000");
    // The analyzer's time is log time, so the broker stamps the records.
    private static final Map<String, String> STAMPED_BY_BROKER =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

    private final Cluster cluster;
    private final int eventPartitions;
    private final int orderPartitions;
    private final short replication;

    /** Of those that an analyzer of the events topic needs. */
    public TopicCreation(Cluster cluster, int eventPartitions, short replication) {
        this(cluster, eventPartitions, 0, replication);
    }

    /**
     * @param eventPartitions partitions of the events topic, 1 or more
     * @param orderPartitions partitions of the topic that brings others together in scope key; 0 for none of these topics
     * @param replication copies of each topic, or -1 for the broker's default
     */
    public TopicCreation(Cluster cluster, int eventPartitions, int orderPartitions, short replication) {
        this.cluster = cluster;
        this.eventPartitions = eventPartitions;
        this.orderPartitions = orderPartitions;
        this.replication = replication;
    }

    /**
     * What became of one topic.
     *
     * @param name the topic
     * @param created false if it was there already; it is left as it is
     */
    public record Created(String name, boolean created) {}

    /** Creates what is missing. */
    public List<Created> run() {
        List<Created> outcomes = new ArrayList<>();
        try (Admin admin = cluster.admin()) {
            for (NewTopic topic : topics()) {
                outcomes.add(new Created(topic.name(), create(admin, topic)));
            }
        }
        return outcomes;
    }

    private List<NewTopic> topics() {
        Topics topics = cluster.topics();
        List<NewTopic> wanted = new ArrayList<>(List.of(
                new NewTopic(topics.events(), eventPartitions, replication).configs(STAMPED_BY_BROKER),
                new NewTopic(topics.clocks(), 1, replication).configs(COMPACTED),
                new NewTopic(topics.conflicts(), 1, replication),
                new NewTopic(topics.anomalies(), 1, replication),
                new NewTopic(topics.deadLetters(), 1, replication)));
        if (orderPartitions > 0) {
            // By the sources' own timestamps, retention would take an old history before it is judged.
            wanted.add(new NewTopic(topics.order(Scope.ALL), 1, replication).configs(STAMPED_BY_BROKER));
            wanted.add(new NewTopic(topics.order(Scope.KEY), orderPartitions, replication).configs(STAMPED_BY_BROKER));
        }
        return wanted;
    }

    private boolean create(Admin admin, NewTopic topic) {
        try {
            cluster.answer(admin.createTopics(List.of(topic)).all());
            return true;
        } catch (ClusterException e) {
            Throwable refusal = e.getCause();
            if (refusal instanceof TopicExistsException) {
                return false;
            }
            if (e.kind() == ClusterException.Kind.REFUSED
                    || refusal instanceof TimeoutException
                    || refusal instanceof InterruptedException) {
                throw cluster.named(e, topic.name());
            }
            throw new ClusterException(
                    ClusterException.Kind.TOPIC_REFUSED,
                    "The broker refused to create the topic: topic=" + topic.name() + ", failure="
                            + refusal.getMessage(),
                    e);
        }
    }
}
