package io.antichain.cli.doctor;

import java.util.Comparator;
import java.util.List;

/** All checks, one after the other. */
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new BrokersCheck(),
            new FeaturesCheck(),
            new MissingTopicCheck(),
            new NotPermittedCheck(),
            new UnstampedCheck(),
            new UnreadableCheck(),
            new ImpossibleStampCheck(),
            new ClockWidthCheck(),
            new ReadsNothingCheck(),
            new RepeatedStampCheck(),
            new CompactionCheck(),
            new RetentionCheck(),
            new LogTimeCheck(),
            new TextHeaderCheck(),
            new SettingsCheck(),
            new InSyncCheck(),
            new ReplicationCheck(),
            new OwnTopicsCheck(),
            new RightsCheck(),
            new RegistryCheck(),
            new SilentProgramsCheck(),
            new ClocksCheck());

    private Doctor() {}

    /** What the checks find: first what matters, else in the order of the checks. */
    public static List<Finding> findings(Survey survey) {
        return CHECKS.stream()
                .flatMap(check -> check.findings(survey).stream())
                .sorted(Comparator.comparing(finding -> !finding.matters()))
                .toList();
    }
}
