package io.antichain.cli.doctor;

import java.util.List;

/** Topics that this login may not read, so that nothing is known of their stamps. */
final class NotPermittedCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.refused().stream()
                .map(
                        topic -> Finding.of(
                                        FindingKind.NOT_PERMITTED,
                                        "A topic may not be read by this login, so its stamps were not seen")
                                .with("topic", topic)
                                .remedy(
                                        "have Read on it granted; 'antichain acls --reader-principal' prints all that looking needs"))
                .toList();
    }
}
