package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the topics of the prefix are kept as their use needs, which {@code antichain init} sees to where it makes them. */
final class OwnTopicsCheck implements Check {
    private static final int WINDOWS_IN_ORDER = 2;

    @Override
    public List<Finding> findings(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        for (TopicLayout topic : survey.layouts()) {
            topic.settings()
                    .flatMap(settings -> need(topic.use(), settings, survey.thresholds()))
                    .map(need -> notKept(topic, need))
                    .ifPresent(findings::add);
            if (topic.use() == TopicLayout.Use.ORDER_ALL && topic.partitions().size() > 1) {
                findings.add(Finding.of(
                                FindingKind.ORDER_PARTITIONS,
                                "The topic that brings all events together has several partitions, so no analyzer of scope all"
                                        + " starts with it")
                        .with("topic", topic.topic())
                        .with("partitions", topic.partitions().size())
                        .remedy("delete it, and create it with 'antichain init --order-partitions N'"));
            }
        }
        return findings;
    }

    private static Finding notKept(TopicLayout topic, String need) {
        TopicSettings settings = topic.settings().orElseThrow();
        return Finding.of(FindingKind.NOT_KEPT, "A topic of this prefix does not keep its records as they are needed")
                .with("topic", topic.topic())
                .with("cleanup.policy", settings.cleanupPolicy())
                .with("retention.ms", settings.retentionMs())
                .remedy(need);
    }

    /** What to set on a topic of this use; empty if it is set. */
    private static Optional<String> need(TopicLayout.Use use, TopicSettings settings, Thresholds thresholds) {
        return switch (use) {
            case CLOCKS ->
                settings.isCompacted() && !settings.isDeleted()
                        ? Optional.empty()
                        : Optional.of(
                                "set cleanup.policy=compact, as a node that does not find its clock becomes somebody"
                                        + " new");
            case FOUND ->
                settings.isCompacted()
                        ? Optional.of(
                                "set cleanup.policy=delete, as later records do not take the place of earlier ones")
                        : Optional.empty();
            case ORDER_ALL, ORDER_KEY -> {
                long neededMs = WINDOWS_IN_ORDER * thresholds.windowTimeMs();
                boolean isLongEnough =
                        !settings.isDeleted() || settings.retentionMs() < 0 || settings.retentionMs() >= neededMs;
                yield isLongEnough && !settings.isCompacted() && settings.hasLogAppendTime()
                        ? Optional.empty()
                        : Optional.of(
                                "set cleanup.policy=delete, message.timestamp.type=LogAppendTime, and retention.ms="
                                        + neededMs + " or more, twice the analyzer's --window-time");
            }
            case EVENTS, INTERNAL -> Optional.empty();
        };
    }
}
