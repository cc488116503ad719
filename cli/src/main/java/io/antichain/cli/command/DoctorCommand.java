package io.antichain.cli.command;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.cli.access.MachineClocks;
import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.acls.AccessRules;
import io.antichain.cli.doctor.Doctor;
import io.antichain.cli.doctor.Finding;
import io.antichain.cli.doctor.Program;
import io.antichain.cli.doctor.ProgramRights;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.Thresholds;
import io.antichain.cli.doctor.TopicLayout;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ClusterSurvey;
import io.antichain.cli.kafka.RightsSurvey;
import io.antichain.cli.kafka.SchemasSurvey;
import io.antichain.cli.kafka.TopicsSurvey;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at a cluster and its topics, and says what keeps programs from working and conflicts from being found. */
@Command(
        name = "doctor",
        description =
                "Looks at brokers, topics, rights, schema registry and clocks, and at what stands in topics now: how many "
                        + "records carry a stamp, of which processes, and what keeps their conflicts from being found, with what "
                        + "to do. It writes no record, and joins no group. Exits with 1 if a finding matters.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Mixin
    private DoctorProgramOptions login;

    @Mixin
    private HttpClientOptions http;

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "topics to look at, comma-separated (default: the events topic of --topic-prefix)")
    private List<String> topics = List.of();

    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "--max-clock-width of the analyzer (default: ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "" + EngineLimits.DEFAULT_WINDOW,
            description = "--window of the analyzer: the number of arrivals for which it holds an event "
                    + "(default: ${DEFAULT-VALUE})")
    private long window;

    @Option(
            names = "--window-time",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "--window-time of the analyzer: for how long it holds an event (default: ${DEFAULT-VALUE})")
    private long windowHours;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "URL",
            description = "addresses of nodes, comma-separated, to ask what time it is there")
    private List<String> nodes = List.of();

    @Option(
            names = "--analyzer",
            split = ",",
            paramLabel = "URL",
            description = "addresses of analyzers, comma-separated, to ask the same")
    private List<String> analyzers = List.of();

    @Override
    public Integer call() {
        AnalyzerLimitOptions.requirePositive("--max-clock-width", maxClockWidth);
        AnalyzerLimitOptions.requirePositive("--window", window);
        AnalyzerLimitOptions.requirePositive("--window-time", windowHours);
        login.require();
        Survey survey = survey(cluster.cluster());
        List<Finding> findings = Doctor.findings(survey);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, DoctorReport.json(survey, findings));
        } else {
            DoctorReport.text(survey, findings).forEach(out::println);
            out.flush();
        }
        return findings.stream().anyMatch(Finding::matters) ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    private Survey survey(Cluster named) {
        named.requireBroker();
        List<String> looked = named.topicsOrEvents(topics);
        Survey survey = new Survey(new Thresholds(
                maxClockWidth, window, Duration.ofHours(windowHours).toMillis()));
        Map<String, Optional<TopicLayout>> layouts = new ClusterSurvey(named).tell(survey, looked);
        // Who stamps records of their own need no registry, unless they run our programs.
        if (login.program().isPresent() || looked.stream().anyMatch(named.topics()::isEvents)) {
            new SchemasSurvey(named).tell(survey, login.program());
        }
        tellRights(survey, named, looked, layouts);
        PrintWriter err = spec.commandLine().getErr();
        new TopicsSurvey(named, read -> err.println("Records read: " + read)).tell(survey, looked);
        new MachineClocks(http.access())
                .tell(survey, Stream.concat(nodes.stream(), analyzers.stream()).toList());
        return survey;
    }

    private void tellRights(
            Survey survey, Cluster named, List<String> looked, Map<String, Optional<TopicLayout>> layouts) {
        int partitions = looked.stream()
                .flatMap(topic -> layouts.getOrDefault(topic, Optional.empty()).stream())
                .mapToInt(layout -> layout.partitions().size())
                .max()
                .orElse(1);
        AccessRules needed = new AccessRules(named.topics(), looked, login.scope(), partitions);
        RightsSurvey rights = new RightsSurvey(named);
        boolean isAnythingDenied = rights.isAnythingDenied();
        login.rules(needed).forEach((program, rules) -> {
            boolean isNamed = login.program().equals(Optional.of(program));
            if (isNamed) {
                missing(rules, layouts).filter(topic -> !looked.contains(topic)).forEach(survey::missingOwn);
            }
            if (isAnythingDenied) {
                survey.rights(new ProgramRights(
                        login.title(program),
                        isNamed,
                        rights.states(rules),
                        acls(named.topics(), program, partitions)));
            }
        });
    }

    /** The topics that rules name and that do not exist, but for those that the program creates itself. */
    private static Stream<String> missing(List<AccessRule> rules, Map<String, Optional<TopicLayout>> layouts) {
        List<String> created = rules.stream()
                .filter(rule -> rule.operation() == AccessRule.Operation.CREATE)
                .map(AccessRule::name)
                .toList();
        return rules.stream()
                .filter(rule -> rule.resource() == AccessRule.Resource.TOPIC)
                .map(AccessRule::name)
                .filter(topic ->
                        layouts.containsKey(topic) && layouts.get(topic).isEmpty())
                .filter(topic -> !created.contains(topic))
                .distinct();
    }

    /** The command that prints the rights of a program, with the flags that this one was given. */
    private String acls(Topics prefixed, Program program, int partitions) {
        return "antichain acls "
                + (prefixed.prefix().equals(Topics.DEFAULT_PREFIX)
                        ? ""
                        : "--topic-prefix " + AclsCommand.quoted(prefixed.prefix()) + " ")
                + (topics.isEmpty() ? "" : "--topics " + AclsCommand.quoted(String.join(",", topics)) + " ")
                + (login.scope() == Scope.ALL ? "" : "--scope " + login.scope().written() + " ")
                + (partitions == 1 ? "" : "--partitions " + partitions + " ")
                + login.flagOfAcls(program);
    }
}
