package io.antichain.cli.doctor;

import java.util.Optional;

/** Clocks with more entries than the analyzer believes, or with nearly as many. */
final class ClockWidthCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        int limit = thresholds.maxClockWidth();
        if (!topic.tooWide().isNone()) {
            return Optional.of(Finding.of(
                            FindingKind.CLOCK_TOO_WIDE, "Clocks of a topic are too wide, and the analyzer refuses them")
                    .with("topic", topic.topic())
                    .with("records", topic.tooWide().count())
                    .with("first", topic.tooWide().first())
                    .with("entries", topic.widestClock())
                    .with("max-clock-width", limit)
                    .remedy("lower antichain.forget.ms in the services, or raise the analyzer's --max-clock-width"));
        }
        return 2L * topic.widestClock() <= limit
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingKind.CLOCK_WIDE,
                                "Clocks of a topic are more than half as wide as the analyzer believes")
                        .with("topic", topic.topic())
                        .with("entries", topic.widestClock())
                        .with("max-clock-width", limit)
                        .remedy("lower antichain.forget.ms in the services, or raise the analyzer's --max-clock-width"
                                + " in time"));
    }
}
