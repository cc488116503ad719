package io.antichain.cli.kafka;

import io.antichain.analyzer.restore.StateStore;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.doctor.BrokerContact;
import io.antichain.cli.doctor.ClockReading;
import io.antichain.cli.doctor.FeatureLevels;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.TopicLayout;
import io.antichain.cli.doctor.TopicSettings;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.kafka.KafkaRefusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.server.common.MetadataVersion;

/** Asks a cluster for the doctor how its brokers, its features and the layout of its topics are. Writes nothing. */
public final class ClusterSurvey {
    private final Cluster cluster;

    public ClusterSurvey(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Tells what is found; takes 10 s longer where a broker is not reached.
     *
     * @param looked the topics that are looked at
     * @return what was found of each topic that exists and may be described, by name; empty of each that does not exist
     * @throws ClusterException if no broker answers
     */
    public Map<String, Optional<TopicLayout>> tell(Survey survey, List<String> looked) {
        try (Admin admin = cluster.admin()) {
            tellBrokers(admin, survey);
            controllerClock(admin).ifPresent(survey::clock);
            Map<String, Optional<TopicLayout>> layouts = layouts(admin, looked);
            layouts.values().forEach(layout -> layout.ifPresent(survey::layout));
            return layouts;
        }
    }

    /** Asks each broker at the address that it tells for its features, which anybody who is let in may ask. */
    private void tellBrokers(Admin admin, Survey survey) {
        Map<Node, KafkaFuture<FeatureMetadata>> asked = new LinkedHashMap<>();
        cluster.answer(admin.describeCluster().nodes())
                .forEach(broker -> asked.put(
                        broker,
                        admin.describeFeatures(new DescribeFeaturesOptions().nodeId(broker.id()))
                                .featureMetadata()));
        asked.forEach((broker, features) -> {
            KafkaAnswer<FeatureMetadata> answer = KafkaAnswer.to(features);
            Optional<String> refusal =
                    answer.failure().flatMap(cause -> KafkaRefusal.sentence(cause, cluster.client()));
            survey.broker(new BrokerContact(
                    broker.id(),
                    broker.host() + ":" + broker.port(),
                    refusal.or(
                            () -> answer.failure().map(cause -> cause.getClass().getSimpleName())),
                    refusal.isPresent()));
            answer.value().filter(told -> survey.features().isEmpty()).ifPresent(told -> survey.features(levels(told)));
        });
    }

    private static FeatureLevels levels(FeatureMetadata features) {
        int metadata = level(features, MetadataVersion.FEATURE_NAME);
        MetadataVersion tested = MetadataVersion.latestProduction();
        return new FeatureLevels(
                level(features, "transaction.version"),
                written((short) metadata),
                tested.version(),
                metadata > 0 && metadata < tested.featureLevel());
    }

    private static int level(FeatureMetadata features, String name) {
        FinalizedVersionRange range = features.finalizedFeatures().get(name);
        return range == null ? 0 : range.maxVersionLevel();
    }

    private static String written(short metadata) {
        try {
            return metadata == 0
                    ? "unknown"
                    : MetadataVersion.fromFeatureLevel(metadata).version();
        } catch (IllegalArgumentException newer) {
            return "level " + metadata;
        }
    }

    /**
     * The clock of the machine that leads the controllers: it says up to when each has caught up, and that it itself has now. Empty
     * if this login may not ask.
     */
    private static Optional<ClockReading> controllerClock(Admin admin) {
        if (!RightsSurvey.mayDescribeCluster(admin)) {
            return Optional.empty();
        }
        long sentMs = System.currentTimeMillis();
        Optional<QuorumInfo> answer =
                KafkaAnswer.to(admin.describeMetadataQuorum().quorumInfo()).value();
        long receivedMs = System.currentTimeMillis();
        return answer.flatMap(quorum -> quorum.voters().stream()
                .filter(voter -> voter.replicaId() == quorum.leaderId())
                .map(QuorumInfo.ReplicaState::lastCaughtUpTimestamp)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .map(nowMs -> ClockReading.between(
                        "controller " + quorum.leaderId(), nowMs.getAsLong(), 0, sentMs, receivedMs)));
    }

    private Map<String, Optional<TopicLayout>> layouts(Admin admin, List<String> looked) {
        Map<String, TopicLayout.Use> uses = uses(looked);
        Map<String, TopicDescription> described = new LinkedHashMap<>();
        Map<String, Optional<TopicLayout>> layouts = new LinkedHashMap<>();
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(uses.keySet()).topicNameValues();
        uses.keySet().forEach(topic -> {
            KafkaAnswer<TopicDescription> answer = KafkaAnswer.to(asked.get(topic));
            answer.value().ifPresent(description -> described.put(topic, description));
            if (answer.isFailed(UnknownTopicOrPartitionException.class)) {
                layouts.put(topic, Optional.empty());
            } else if (!answer.isFailed(AuthorizationException.class)) {
                answer.failure().ifPresent(failure -> {
                    throw cluster.named(cluster.unreachable(failure), topic);
                });
            }
        });
        Map<String, TopicSettings> settings = TopicConfiguration.read(cluster, admin, described.keySet());
        described.forEach((topic, description) -> layouts.put(
                topic,
                Optional.of(new TopicLayout(
                        topic,
                        uses.get(topic),
                        description.partitions().stream()
                                .map(partition -> new TopicLayout.Partition(
                                        partition.partition(),
                                        partition.leader() != null
                                                && !partition.leader().isEmpty(),
                                        partition.replicas().size(),
                                        partition.isr().size()))
                                .toList(),
                        Optional.ofNullable(settings.get(topic))))));
        return layouts;
    }

    private Map<String, TopicLayout.Use> uses(List<String> looked) {
        Topics topics = cluster.topics();
        Map<String, TopicLayout.Use> uses = new LinkedHashMap<>();
        uses.put(topics.events(), TopicLayout.Use.EVENTS);
        uses.put(topics.clocks(), TopicLayout.Use.CLOCKS);
        for (String found : List.of(topics.conflicts(), topics.anomalies(), topics.deadLetters())) {
            uses.put(found, TopicLayout.Use.FOUND);
        }
        uses.put(topics.order(Scope.ALL), TopicLayout.Use.ORDER_ALL);
        uses.put(topics.order(Scope.KEY), TopicLayout.Use.ORDER_KEY);
        List<String> internal =
                new ArrayList<>(List.of(Topic.GROUP_METADATA_TOPIC_NAME, Topic.TRANSACTION_STATE_TOPIC_NAME));
        for (Scope scope : Scope.values()) {
            internal.add(AnalyzerSettings.applicationId(topics, scope) + "-" + StateStore.NAME + "-changelog");
        }
        internal.forEach(topic -> uses.put(topic, TopicLayout.Use.INTERNAL));
        looked.forEach(topic -> uses.putIfAbsent(topic, TopicLayout.Use.EVENTS));
        return uses;
    }
}
