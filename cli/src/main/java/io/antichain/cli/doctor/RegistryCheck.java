package io.antichain.cli.doctor;

import io.antichain.schemas.registry.SubjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the schema registry answers, has the schemas that this version writes or takes them, and guards them. */
final class RegistryCheck implements Check {
    @Override
    public List<Finding> findings(Survey survey) {
        return survey.registry().map(RegistryCheck::findings).orElse(List.of());
    }

    private static List<Finding> findings(RegistryAnswers registry) {
        List<Finding> findings = new ArrayList<>();
        registry.failure().ifPresent(failure -> findings.add(Finding.told(FindingKind.REGISTRY_AWAY, failure)));
        for (SubjectState subject : registry.subjects()) {
            if (subject.standing() == SubjectState.Standing.INCOMPATIBLE) {
                findings.add(Finding.of(
                                FindingKind.SCHEMA_INCOMPATIBLE,
                                "The newest schema of a subject does not go together with the one that this version writes")
                        .with("subject", subject.subject())
                        .with("schema", subject.detail())
                        .remedy("run one version of Antichain, or choose another --topic-prefix"));
            } else if (registry.needsOurs() && subject.standing() != SubjectState.Standing.REGISTERED) {
                findings.add(Finding.of(
                                FindingKind.SCHEMA_MISSING,
                                "A schema is not registered, and programs with these settings do not register it")
                        .with("subject", subject.subject())
                        .with("auto.register.schemas", false)
                        .remedy("register it from schemas/src/main/avro, or set auto.register.schemas=true"));
            }
        }
        registry.refusals().forEach(refusal -> findings.add(Finding.told(FindingKind.REGISTERING_REFUSED, refusal)));
        String unguarded = registry.subjects().stream()
                .filter(subject -> subject.compatibility().equals("NONE"))
                .map(SubjectState::subject)
                .collect(Collectors.joining(" "));
        if (!unguarded.isEmpty()) {
            findings.add(Finding.of(
                            FindingKind.COMPATIBILITY_NONE,
                            "The registry takes any schema for these subjects, also one that makes records unreadable")
                    .with("subjects", unguarded)
                    .with("compatibility", "NONE")
                    .remedy(
                            "have it refuse such, here for all of its subjects: curl -X PUT -H 'Content-Type: application/json' -d"
                                    + " '{\"compatibility\":\"FULL\"}' " + registry.url() + "/config"));
        }
        return findings;
    }
}
