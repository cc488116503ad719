package io.antichain.cli.doctor;

import java.util.Map;
import java.util.Optional;

/**
 * Retention that is shorter than the analyzer's window: a restart reads the window again from the topic, and what is gone is in no
 * conflict with what comes.
 */
final class RetentionCheck implements TopicCheck {
    private static final String REMEDY =
            "raise retention.ms and retention.bytes of the topic, or lower the analyzer's --window-time";

    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        Optional<TopicSettings> tooShort = topic.settings()
                .filter(TopicSettings::isDeleted)
                .filter(settings -> settings.retentionMs() >= 0 && settings.retentionMs() < thresholds.windowTimeMs());
        return tooShort.map(settings -> Finding.of(
                                FindingKind.RETENTION_TOO_SHORT,
                                "A topic keeps records for less time than the analyzer's window")
                        .with("topic", topic.topic())
                        .with("retention.ms", settings.retentionMs())
                        .with("window-time", thresholds.windowTime())
                        .remedy(REMEDY))
                .or(() -> topic.settings()
                        .filter(settings -> settings.retentionBytes() >= 0)
                        .flatMap(settings -> cut(topic, settings, thresholds)));
    }

    /** What size has deleted already; what time has deleted is older than the window. */
    private static Optional<Finding> cut(TopicCounts topic, TopicSettings settings, Thresholds thresholds) {
        return topic.partitions().entrySet().stream()
                .filter(partition -> partition.getValue().isCutWithin(thresholds))
                .findFirst()
                .map(partition -> cut(topic, settings, partition, thresholds));
    }

    private static Finding cut(
            TopicCounts topic,
            TopicSettings settings,
            Map.Entry<Integer, PartitionCounts> partition,
            Thresholds thresholds) {
        return Finding.of(FindingKind.WINDOW_CUT, "A topic keeps fewer records than the analyzer's window holds")
                .with("topic", topic.topic())
                .with("partition", partition.getKey())
                .with("retention.bytes", settings.retentionBytes())
                .with("oldest-offset", partition.getValue().oldestOffset())
                .with("kept", partition.getValue().spanMs() / 1_000 + " s")
                .with("window-time", thresholds.windowTime())
                .with("window", thresholds.window())
                .remedy(REMEDY);
    }
}
