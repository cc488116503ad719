package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.doctor.ProgramRights;
import io.antichain.cli.doctor.ProgramRights.State;
import io.antichain.cli.doctor.RegistryAnswers;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.TopicLayout;
import io.antichain.schemas.registry.SubjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the doctor saw beside the records, for people and for programs. */
final class ClusterReport {
    private ClusterReport() {}

    /** A line for each thing that was looked at, so that it shows where nothing was found to be wrong. */
    static List<String> text(Survey survey) {
        List<String> lines = new ArrayList<>();
        long reached = survey.brokers().stream()
                .filter(broker -> broker.failure().isEmpty())
                .count();
        lines.add("brokers: " + reached + " of " + survey.brokers().size()
                + " reached at the addresses that they advertise");
        survey.features()
                .ifPresent(features -> lines.add("features: transaction.version " + features.transactions()
                        + ", metadata.version " + features.metadata()));
        lines.add("replicas: in sync in "
                + partitions(survey).stream()
                        .filter(partition -> partition.inSync() >= partition.replicas())
                        .count()
                + " of " + DoctorReport.counted(partitions(survey).size(), "partition") + " of "
                + DoctorReport.counted(survey.layouts().size(), "topic"));
        survey.registry().filter(answers -> answers.failure().isEmpty()).ifPresent(answers -> lines.add(line(answers)));
        if (survey.rights().isEmpty()) {
            lines.add("rights: all, as the cluster has no authorizer");
        }
        survey.rights().forEach(rights -> lines.add(line(rights)));
        survey.clocks().forEach(clock -> lines.add("clock of " + clock.machine() + ": " + clock.written()));
        return lines;
    }

    private static List<TopicLayout.Partition> partitions(Survey survey) {
        return survey.layouts().stream()
                .flatMap(topic -> topic.partitions().stream())
                .toList();
    }

    private static String line(RegistryAnswers registry) {
        long registered = registry.subjects().stream()
                .filter(subject -> subject.standing() == SubjectState.Standing.REGISTERED)
                .count();
        return "registry: " + registered + " of "
                + DoctorReport.counted(registry.subjects().size(), "schema") + " registered as this version writes them"
                + registry.subjects().stream()
                        .map(SubjectState::compatibility)
                        .filter(level -> !level.isEmpty())
                        .distinct()
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(" "),
                                levels -> levels.isEmpty() ? "" : ", compatibility " + levels));
    }

    private static String line(ProgramRights rights) {
        return "rights as " + rights.program() + ": "
                + rights.in(State.GRANTED).size() + " of " + rights.states().size() + " are there"
                + named("; missing: ", rights.in(State.MISSING))
                + named("; cannot be seen: ", rights.in(State.UNSEEN));
    }

    private static String named(String what, List<AccessRule> rules) {
        return rules.isEmpty()
                ? ""
                : what + rules.stream().map(AccessRule::written).collect(Collectors.joining(", "));
    }

    static ObjectNode json(Survey survey) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        var brokers = report.putArray("brokers");
        survey.brokers().forEach(broker -> brokers.addObject()
                .put("broker", broker.id())
                .put("address", broker.address())
                .put("reached", broker.failure().isEmpty()));
        survey.features().ifPresent(features -> report.putObject("features")
                .put("transactionVersion", features.transactions())
                .put("metadataVersion", features.metadata()));
        var layouts = report.putArray("layouts");
        survey.layouts().forEach(topic -> {
            ObjectNode json = layouts.addObject()
                    .put("topic", topic.topic())
                    .put("partitions", topic.partitions().size())
                    .put("replicas", topic.replicas());
            topic.settings().ifPresent(settings -> json.put("minInSyncReplicas", settings.minInSyncReplicas()));
        });
        survey.registry().ifPresent(registry -> {
            var subjects = report.putArray("subjects");
            registry.subjects().forEach(subject -> subjects.addObject()
                    .put("subject", subject.subject())
                    .put("standing", subject.standing().name())
                    .put("compatibility", subject.compatibility()));
        });
        var rights = report.putArray("rights");
        survey.rights().forEach(program -> {
            ObjectNode json = rights.addObject().put("program", program.program());
            for (State state : State.values()) {
                var names = json.putArray(state.name().toLowerCase(Locale.ROOT));
                program.in(state).forEach(rule -> names.add(rule.written()));
            }
        });
        var clocks = report.putArray("clocks");
        survey.clocks().forEach(clock -> clocks.addObject()
                .put("machine", clock.machine())
                .put("aheadMs", clock.aheadMs())
                .put("uncertaintyMs", clock.uncertaintyMs()));
        return report;
    }
}
