package io.antichain.cli.doctor;

import java.util.Optional;

/** Settings that this client may not read: then nothing is known of retention, compaction and timestamps. */
final class SettingsCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        return topic.settings().isPresent()
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingKind.SETTINGS_UNKNOWN,
                                "The settings of a topic may not be read, so retention was not checked")
                        .with("topic", topic.topic())
                        .remedy("grant DescribeConfigs on it to whoever runs this"));
    }
}
