package io.antichain.cli.doctor;

import java.util.Optional;

/** Stamps as base64 text, which mirroring makes of bytes (KAFKA-10428): they are read as well, and are a third longer. */
final class TextHeaderCheck implements TopicCheck {
    @Override
    public Optional<Finding> finding(TopicCounts topic, Thresholds thresholds) {
        Counted text = topic.text();
        return text.isNone()
                ? Optional.empty()
                : Optional.of(Finding.of(
                                FindingKind.TEXT_HEADERS, "Stamps of a topic are base64 text, which is read as well")
                        .with("topic", topic.topic())
                        .with("records", text.count())
                        .with("first", text.first())
                        .remedy("where a mirror made them so, set header.converter to Kafka's ByteArrayConverter on its"
                                + " Connect cluster, as other binary headers suffer too"));
    }
}
