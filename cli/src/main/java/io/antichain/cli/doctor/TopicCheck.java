package io.antichain.cli.doctor;

import java.util.List;
import java.util.Optional;

/** A check of each topic by itself. */
interface TopicCheck extends Check {
    /** Empty if all is well with the topic. */
    Optional<Finding> finding(TopicCounts topic, Thresholds thresholds);

    @Override
    default List<Finding> findings(Survey survey) {
        return survey.topics().stream()
                .flatMap(topic -> finding(topic, survey.thresholds()).stream())
                .toList();
    }
}
