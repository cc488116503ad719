package io.antichain.cli.doctor;

import java.util.Optional;

/**
 * Records without a stamp, which are in no order. Where all of them stand before the first record with one, they are from the
 * time before the library came in; else somebody still publishes without it.
 */
final class UnstampedCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        if (topic.records() == 0) {
            return Optional.of(Finding.of(
                            FindingKind.TOPIC_EMPTY, "A topic holds no records, so nothing shows how they are stamped")
                    .with("topic", topic.topic())
                    .remedy("let its services publish, and look again"));
        }
        if (topic.unstamped().isNone()) {
            return Optional.empty();
        }
        if (topic.unstamped().count() == topic.records()) {
            return Optional.of(Finding.of(FindingKind.NO_STAMPS, "No record of a topic carries a stamp")
                    .with("topic", topic.topic())
                    .with("records", topic.records())
                    .remedy("add the library to the services that publish to it: docs/stamp-my-service.md"));
        }
        Counted later = topic.unstampedAfterStamped();
        if (later.isNone()) {
            return Optional.of(Finding.of(
                            FindingKind.UNSTAMPED_BEFORE,
                            "The oldest records of a topic carry no stamp, and are in no order")
                    .with("topic", topic.topic())
                    .with("unstamped", topic.unstamped().count())
                    .with("records", topic.records())
                    .remedy("leave them: every later record of their partitions carries one"));
        }
        return Optional.of(
                Finding.of(FindingKind.UNSTAMPED, "Records without a stamp are published among those with one")
                        .with("topic", topic.topic())
                        .with("unstamped", later.count())
                        .with("records", topic.records())
                        .with("first", later.first())
                        .remedy(
                                "add the library to the service that published these, or look at its log and its unstamped-total"));
    }
}
