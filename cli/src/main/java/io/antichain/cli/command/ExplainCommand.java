package io.antichain.cli.command;

import io.antichain.analyzer.explanation.Explanation;
import io.antichain.analyzer.explanation.Sighting;
import io.antichain.analyzer.explanation.UnknownEvent;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.ProcessNames;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Gateway;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains the relation of two events. */
@Command(
        name = "explain",
        description = "Tells whether two events in topics, or in log files, are ordered or "
                + "concurrent, with the sentence that proves it.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final Gateway GATEWAY = new Gateway(Integer.MAX_VALUE);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LogFileOptions logs;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description =
                    "topics to look in, comma-separated, of any payload: records that carry a stamp in the header "
                            + "antichain-stamp (default: the events topic of --topic-prefix)")
    private List<String> topics = List.of();

    @Parameters(
            arity = "0..2",
            paramLabel = "DOT",
            description = "the two events, each written PROCESS:COUNTER as in node-1:5")
    private List<String> dots = new ArrayList<>();

    @Option(
            names = "--file",
            arity = "1..*",
            paramLabel = "FILE",
            description = "look for the events in these log files instead of Kafka")
    private List<Path> files = new ArrayList<>();

    /** What a log has of the two events, and what it is called. */
    private record Found(Dot first, List<Sighting> ofFirst, Dot second, List<Sighting> ofSecond, String log) {
        Found(Dot first, Dot second, String log) {
            this(first, new ArrayList<>(), second, new ArrayList<>(), log);
        }

        void take(Dot dot, Sighting sighting) {
            if (dot.equals(first)) {
                ofFirst.add(sighting);
            }
            if (dot.equals(second)) {
                ofSecond.add(sighting);
            }
        }
    }

    @Override
    public Integer call() {
        takeDotsAfterFiles();
        if (dots.size() != 2) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Two events are explained: named=" + dots.size() + "; write both, as in explain node-1:5 node-2:3");
        }
        Found found = files.isEmpty() ? inTopic() : inFiles();
        Optional<Explanation> possible = Sighting.explain(found.first, found.ofFirst, found.second, found.ofSecond);
        Explanation explanation = possible.orElseThrow(() -> new CommandFailure(
                ExitCode.BAD_INPUT,
                "The log does not hold the event: event="
                        + (found.ofFirst.isEmpty() ? found.first : found.second) + ", log=" + found.log
                        + "; name two events that it holds"));
        PrintWriter out = spec.commandLine().getOut();
        boolean unknown = explanation instanceof UnknownEvent;
        if (output.json()) {
            OutputOption.print(out, ExplanationReport.json(found.first, found.second, explanation));
        } else if (unknown) {
            throw new CommandFailure(ExitCode.BAD_INPUT, explanation.sentence() + " log=" + found.log);
        } else {
            out.println(explanation.sentence());
            out.flush();
        }
        return unknown ? ExitCode.BAD_INPUT : ExitCode.DONE;
    }

    /** A flag that takes any number of files takes dots behind them too. */
    private void takeDotsAfterFiles() {
        for (int last = files.size() - 1; last > 0 && dots.size() < 2 && isDot(files.get(last)); last--) {
            dots.add(0, files.remove(last).toString());
        }
    }

    private static boolean isDot(Path file) {
        return file.toString().matches(".+:[0-9]+") && !Files.exists(file);
    }

    private Found inTopic() {
        Cluster named = cluster.cluster();
        List<String> read = named.topicsOrEvents(topics);
        Found found = new Found(
                dot(dots.get(0), dots.get(0).indexOf(':')),
                dot(dots.get(1), dots.get(1).indexOf(':')),
                String.join(",", read));
        named.requireBroker();
        StoredLog log = new StoredLog(named);
        read.forEach(topic -> log.events(topic, stored -> take(stored.event(), found)));
        if (found.ofFirst.isEmpty() || found.ofSecond.isEmpty()) {
            read.forEach(log.undecoded()::requireNone);
        }
        return found;
    }

    private static void take(Event event, Found found) {
        if (event.kind() == Event.Kind.MESSAGE
                && (event.dot().equals(found.first) || event.dot().equals(found.second))) {
            requireTrue(event);
            found.take(event.dot(), new Sighting(event.clock(), event.lamport()));
        }
    }

    /** A clock that contradicts its own event proves nothing about others. */
    private static void requireTrue(Event event) {
        GATEWAY.check(event)
                .filter(rejection -> rejection.kind() != Anomaly.Kind.NO_VECTOR_CLOCK)
                .ifPresent(rejection -> {
                    throw new CommandFailure(ExitCode.BAD_INPUT, rejection.sentence());
                });
    }

    private Found inFiles() {
        Dot a = dot(dots.get(0), dots.get(0).lastIndexOf(':'));
        Dot b = dot(dots.get(1), dots.get(1).lastIndexOf(':'));
        LoggedExecution execution = logs.execution(files);
        List<Anomaly> leftOut = ExecutionAnalysis.of(execution).leftOut();
        requireJudged(leftOut, a);
        requireJudged(leftOut, b);
        Found found = new Found(a, b, execution.name() + skipped(execution));
        execution
                .events()
                .forEach(event ->
                        found.take(event.dot(), new Sighting(Optional.of(event.clock()), LamportTimestamp.ZERO)));
        return found;
    }

    /** What the analysis leaves out, for its clock cannot be, proves nothing about others. */
    private static void requireJudged(List<Anomaly> leftOut, Dot dot) {
        leftOut.stream()
                .filter(anomaly -> anomaly.event().map(EventRef::dot).equals(Optional.of(dot)))
                .findFirst()
                .ifPresent(anomaly -> {
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The log holds the event, but it proves nothing: event=" + dot + ", reason="
                                    + anomaly.sentence() + "; see all that is left out with antichain analyze");
                });
    }

    private static String skipped(LoggedExecution execution) {
        long count = execution.skipped().count();
        return count == 0 ? "" : ", skipped lines=" + count;
    }

    /** A dot as it is written, or one whose process is named as a log file names its host. */
    private Dot dot(String text, int colon) {
        try {
            return files.isEmpty() || colon < 1
                    ? Dot.parse(text)
                    : new Dot(
                            ProcessNames.of(text.substring(0, colon)),
                            Dot.parse("x" + text.substring(colon)).counter());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
