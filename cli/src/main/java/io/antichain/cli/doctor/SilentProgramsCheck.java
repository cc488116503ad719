package io.antichain.cli.doctor;

import java.util.List;

/** Nodes and analyzers that were named and do not answer. */
final class SilentProgramsCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.silent().stream()
                .map(silent -> Finding.of(FindingKind.NO_ANSWER, "A node or analyzer that was named does not answer")
                        .with("address", silent.address())
                        .with("failure", silent.failure())
                        .remedy("start it, or correct --nodes and --analyzer, and --tls-ca for an HTTPS address"))
                .toList();
    }
}
