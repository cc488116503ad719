package io.antichain.cli.command;

import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.ExecutionPublisher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the events of a log file. */
@Command(
        name = "replay",
        description = "Publishes the events of one execution from a log file to the events topic, stamps "
                + "unchanged. Use a separate --topic-prefix for each execution; otherwise its events are "
                + "taken for those of another.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final int NAMED_LINES = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "log files with vector clocks; they may be gzipped")
    private List<Path> files = List.of();

    @Mixin
    private LogFileOptions logs;

    @Mixin
    private StrictOption strict;

    @Mixin
    private DeadLetterOption deadLetters;

    @Override
    public Integer call() {
        if (deadLetters.isGiven()) {
            Cluster named = cluster.cluster();
            named.requireBroker();
            return DeadLetterOption.run(named, spec.commandLine().getOut());
        }
        if (files.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "No log file was named; name one FILE or more, or give --dead-letters");
        }
        LoggedExecution execution = logs.execution(files);
        // Before anything is published, since nothing can be taken back.
        if (strict.fails(execution, NAMED_LINES, spec.commandLine().getErr())) {
            return ExitCode.DIFFERENCE;
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        new ExecutionPublisher(named).publish(execution);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Published " + execution.events().size() + " events of "
                + execution.processes().size() + " processes from " + execution.name() + " to "
                + named.topics().events() + ".");
        AnalysisReport.skipped(execution.skipped(), NAMED_LINES).forEach(out::println);
        out.flush();
        return ExitCode.DONE;
    }
}
