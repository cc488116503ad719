package io.antichain.cli.doctor;

import java.util.List;

/** Topics that do not exist. */
final class MissingTopicCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.missing().stream()
                .map(topic -> Finding.of(FindingKind.TOPIC_MISSING, "A topic does not exist")
                        .with("topic", topic)
                        .remedy("create it, or correct --topics"))
                .toList();
    }
}
