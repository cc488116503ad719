package io.antichain.cli.doctor;

import io.antichain.cli.doctor.TopicLayout.Partition;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether each partition can be read and written now, and is kept as often as it should be. */
final class InSyncCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.layouts().stream()
                .flatMap(topic -> finding(topic).stream())
                .toList();
    }

    /** The worst of each topic alone: what is less follows from it. */
    private static Optional<Finding> finding(TopicLayout topic) {
        return Stream.of(
                        such(topic, partition -> !partition.hasLeader()).map(partitions -> Finding.of(
                                        FindingKind.NO_LEADER,
                                        "Partitions have no leader, so nobody can read them or write to them")
                                .with("topic", topic.topic())
                                .with("partitions", partitions)
                                .remedy("bring back the brokers that keep them, and look at their logs")),
                        such(topic, partition -> partition.inSync() < topic.minInSync())
                                .map(partitions -> Finding.of(
                                                FindingKind.IN_SYNC_TOO_FEW,
                                                "Partitions refuse writes, as too few of their replicas are in sync")
                                        .with("topic", topic.topic())
                                        .with("partitions", partitions)
                                        .with("in-sync", fewest(topic))
                                        .with("min.insync.replicas", topic.minInSync())
                                        .remedy("bring back the brokers that are away")),
                        such(topic, partition -> partition.inSync() < partition.replicas())
                                .map(
                                        partitions -> Finding.of(
                                                        FindingKind.OUT_OF_SYNC,
                                                        "Replicas of a topic are not in sync now")
                                                .with("topic", topic.topic())
                                                .with("partitions", partitions)
                                                .with("in-sync", fewest(topic))
                                                .with("replication-factor", topic.replicas())
                                                .remedy(
                                                        "wait if a broker was restarted just now; else look for one that is away")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> such(TopicLayout topic, Predicate<Partition> isSuch) {
        String numbers = topic.partitions().stream()
                .filter(isSuch)
                .map(partition -> String.valueOf(partition.number()))
                .collect(Collectors.joining(" "));
        return Optional.of(numbers).filter(found -> !found.isEmpty());
    }

    private static int fewest(TopicLayout topic) {
        return topic.partitions().stream().mapToInt(Partition::inSync).min().orElse(0);
    }
}
