package io.antichain.cli.doctor;

import java.util.Optional;

/** Records that carry several stamps: somebody copies headers from one record to another. */
final class RepeatedStampCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        Counted repeated = topic.repeated();
        return repeated.isNone()
                ? Optional.empty()
                : Optional.of(
                        Finding.of(FindingKind.STAMP_REPEATED, "Records carry several stamps, of which the last counts")
                                .with("topic", topic.topic())
                                .with("records", repeated.count())
                                .with("first", repeated.first())
                                .remedy("let the sender leave out the header antichain-stamp when it copies headers"));
    }
}
