package io.antichain.cli.doctor;

import java.util.Optional;

/** Records whose stamp, or envelope, cannot be read. */
final class UnreadableCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        Counted unreadable = topic.unreadable();
        return unreadable.isNone()
                ? Optional.empty()
                : Optional.of(Finding.of(FindingKind.UNREADABLE, "Stamps of a topic cannot be read")
                        .with("topic", topic.topic())
                        .with("records", unreadable.count())
                        .with("first", unreadable.first())
                        .with("failure", unreadable.firstReason())
                        .remedy("look for whoever writes or changes the header antichain-stamp on the way there"));
    }
}
