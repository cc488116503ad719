package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** How many copies of a topic there are to be, and how many of them a write waits for. */
final class ReplicationCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        if (survey.brokers().size() >= BrokersCheck.ENOUGH) {
            alike(survey, topic -> topic.replicas() < BrokersCheck.ENOUGH, TopicLayout::replicas)
                    .forEach((replicas, topics) -> findings.add(Finding.of(
                                    FindingKind.REPLICATION_LOW,
                                    "Topics are kept fewer times than three, so a lost disk can lose messages")
                            .with("topics", topics)
                            .with("replication-factor", replicas)
                            .with("brokers", survey.brokers().size())
                            .remedy("add replicas with kafka-reassign-partitions.sh; 'antichain init"
                                    + " --replication-factor 3' makes new topics so")));
        }
        alike(survey, topic -> isReplicated(topic) && topic.minInSync() == 1, TopicLayout::replicas)
                .forEach((replicas, topics) -> findings.add(Finding.of(
                                FindingKind.IN_SYNC_ONE,
                                "What one broker alone has taken is acknowledged, and can be lost with it")
                        .with("topics", topics)
                        .with("min.insync.replicas", 1)
                        .with("replication-factor", replicas)
                        .remedy("set min.insync.replicas=2 on them, with three replicas")));
        alike(survey, topic -> isReplicated(topic) && topic.minInSync() >= topic.replicas(), TopicLayout::minInSync)
                .forEach((minInSync, topics) -> findings.add(Finding.of(
                                FindingKind.NO_SPARE_REPLICA,
                                "Topics cannot be written to while one of their brokers is away")
                        .with("topics", topics)
                        .with("min.insync.replicas", minInSync)
                        .remedy("keep them one time more often, as in 3 replicas with min.insync.replicas=2")));
        return findings;
    }

    private static boolean isReplicated(TopicLayout topic) {
        return topic.replicas() > 1 && topic.settings().isPresent();
    }

    /** The names of the topics that are so, by a number that they have in common. */
    private static Map<Integer, String> alike(
            Survey survey, Predicate<TopicLayout> isSo, ToIntFunction<TopicLayout> number) {
        return survey.layouts().stream()
                .filter(isSo)
                .collect(Collectors.groupingBy(
                        number::applyAsInt,
                        TreeMap::new,
                        Collectors.mapping(TopicLayout::topic, Collectors.joining(" "))));
    }
}
