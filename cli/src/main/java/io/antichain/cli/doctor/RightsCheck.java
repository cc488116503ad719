package io.antichain.cli.doctor;

import io.antichain.cli.acls.AccessRule;
import java.util.List;
import java.util.stream.Collectors;

/** Rights that a program needs and this login lacks, where the user said that it is to run that program. */
final class RightsCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.rights().stream()
                .filter(ProgramRights::isNamed)
                .filter(rights -> !rights.in(ProgramRights.State.MISSING).isEmpty())
                .map(rights -> Finding.of(
                                FindingKind.RIGHT_MISSING,
                                "This login lacks rights that it needs as " + rights.program())
                        .with(
                                "missing",
                                rights.in(ProgramRights.State.MISSING).stream()
                                        .map(AccessRule::written)
                                        .collect(Collectors.joining(", ")))
                        .remedy("let somebody who may give rights run those commands for them that this prints: "
                                + rights.command()))
                .toList();
    }
}
