package io.antichain.cli.doctor;

import java.util.Optional;

/** Compaction, which deletes the older events of a key, and conflicts are looked for among just these. */
final class CompactionCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        return topic.settings()
                .filter(TopicSettings::isCompacted)
                .filter(settings -> settings.minCompactionLagMs() < thresholds.windowTimeMs())
                .map(settings -> Finding.of(
                                FindingKind.COMPACTED,
                                "A topic is compacted, so older events of a key are gone before they are compared")
                        .with("topic", topic.topic())
                        .with("cleanup.policy", settings.cleanupPolicy())
                        .with("min.compaction.lag.ms", settings.minCompactionLagMs())
                        .with("window-time", thresholds.windowTime())
                        .remedy(
                                "set min.compaction.lag.ms above the analyzer's --window-time, or let services publish to a topic"
                                        + " that keeps all events"));
    }
}
