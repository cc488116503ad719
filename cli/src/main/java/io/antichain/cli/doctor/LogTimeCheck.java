package io.antichain.cli.doctor;

import java.util.Optional;

/** Timestamps that producers set: the analyzer measures the age of events by them. */
final class LogTimeCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        if (topic.settings().map(TopicSettings::hasLogAppendTime).orElse(true)) {
            return Optional.empty();
        }
        if (topic.furthestBehindMs() > thresholds.windowTimeMs()) {
            return Optional.of(
                    Finding.of(
                                    FindingKind.LOG_TIME_FALLS,
                                    "Timestamps of a topic fall by more than the analyzer's window, so events count as old too early")
                            .with("topic", topic.topic())
                            .with("message.timestamp.type", "CreateTime")
                            .with("furthest", topic.furthestBehind())
                            .with("behind", topic.furthestBehindMs() / 1_000 + " s")
                            .with("window-time", thresholds.windowTime())
                            .remedy(
                                    "set message.timestamp.type=LogAppendTime on the topic, or correct the producers' wall clocks"));
        }
        return Optional.of(Finding.of(
                        FindingKind.CREATE_TIME,
                        "Producers' wall clocks decide for how long an event of a topic is held")
                .with("topic", topic.topic())
                .with("message.timestamp.type", "CreateTime")
                .remedy("set message.timestamp.type=LogAppendTime unless a consumer needs the producers' times"));
    }
}
