package io.antichain.cli.doctor;

import java.util.Optional;

/** Stamps that can be read and that the analyzer refuses by themselves, but for their width. */
final class ImpossibleStampCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        Counted impossible = topic.impossible();
        return impossible.isNone()
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingKind.IMPOSSIBLE_STAMP,
                                "Stamps of a topic cannot be true, and the analyzer refuses them")
                        .with("topic", topic.topic())
                        .with("records", impossible.count())
                        .with("first", impossible.first())
                        .with("failure", impossible.firstReason())
                        .remedy("correct the sender's clock"));
    }
}
