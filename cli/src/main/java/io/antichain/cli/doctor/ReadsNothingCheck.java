package io.antichain.cli.doctor;

import java.util.List;

/**
 * Processes that know of no other: each of their records is concurrent with all records of others. Most often only the producer
 * was wrapped. Where there is but one process there is nobody to know.
 */
final class ReadsNothingCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        if (survey.processes().size() < 2) {
            return List.of();
        }
        return survey.processes().stream()
                .filter(ProcessCounts::readsNothing)
                .map(process -> Finding.of(
                                FindingKind.READS_NOTHING,
                                "A process knows of no other, so its records are concurrent with all of theirs")
                        .with("process", process.name())
                        .with("records", process.records())
                        .with("topics", String.join(" ", process.topics()))
                        .remedy(
                                "wrap its consumers too; if it reads nothing, leave its topics out, as its conflicts show"
                                        + " no more than that"))
                .toList();
    }
}
