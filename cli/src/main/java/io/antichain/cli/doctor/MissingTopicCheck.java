package io.antichain.cli.doctor;

import java.util.List;
import java.util.stream.Stream;

/** Topics that do not exist: those that were to be looked at, and those that the program needs which was named. */
final class MissingTopicCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return Stream.concat(
                        survey.missing().stream().map(topic -> missing(topic, "create it, or correct --topics")),
                        survey.missingOwn().stream()
                                .map(
                                        topic -> missing(
                                                topic,
                                                "create it with 'antichain init'; --order-partitions N makes those named order")))
                .toList();
    }

    private static Finding missing(String topic, String remedy) {
        return Finding.of(FindingKind.TOPIC_MISSING, "A topic does not exist")
                .with("topic", topic)
                .remedy(remedy);
    }
}
