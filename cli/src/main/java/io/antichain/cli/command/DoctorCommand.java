package io.antichain.cli.command;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.cli.doctor.Doctor;
import io.antichain.cli.doctor.Finding;
import io.antichain.cli.doctor.Survey;
import io.antichain.cli.doctor.Thresholds;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicsSurvey;
import io.antichain.schemas.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at topics, and says what keeps their conflicts from being found. */
@Command(
        name = "doctor",
        description =
                "Looks at what stands in topics now, and at their settings: how many records carry a stamp, of which "
                        + "processes, and what keeps their conflicts from being found, with what to do. It writes nothing to Kafka, "
                        + "and joins no group. Exits with 1 if a finding matters.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

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

    @Override
    public Integer call() {
        AnalyzerLimitOptions.requirePositive("--max-clock-width", maxClockWidth);
        AnalyzerLimitOptions.requirePositive("--window", window);
        AnalyzerLimitOptions.requirePositive("--window-time", windowHours);
        Cluster named = cluster.cluster();
        named.requireBroker();
        PrintWriter err = spec.commandLine().getErr();
        Survey survey = new TopicsSurvey(named, read -> err.println("Records read: " + read))
                .read(
                        named.topicsOrEvents(topics),
                        new Thresholds(
                                maxClockWidth,
                                window,
                                Duration.ofHours(windowHours).toMillis()));
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
}
