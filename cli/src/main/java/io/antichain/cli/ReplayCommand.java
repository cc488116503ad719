package io.antichain.cli;

import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.Replay;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes the events of a log file. */
@Command(
        name = "replay",
        description =
                "Publishes the events of one execution from a log file into the events topic, stamps unchanged. Use a"
                        + " --topic-prefix of its own for each execution: its events would be mistaken for those of others.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LogFileOptions logs;

    @Option(names = "--execution", paramLabel = "NAME", description = "which, where the files hold several")
    private String executionName;

    @Mixin
    private DeadLetterOption deadLetters;

    @Override
    public Integer call() {
        if (deadLetters.isGiven()) {
            Cluster named = cluster.cluster();
            named.requireBroker();
            return DeadLetterOption.run(named, spec.commandLine().getOut());
        }
        LoggedExecution execution = chosen(logs.executions());
        Cluster named = cluster.cluster();
        named.requireBroker();
        new Replay(named).publish(execution);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Published " + execution.events().size() + " events of "
                + execution.processes().size() + " processes from " + execution.name() + " to "
                + named.topics().events() + ".");
        out.flush();
        return ExitCode.DONE;
    }

    private LoggedExecution chosen(List<LoggedExecution> executions) {
        List<LoggedExecution> candidates = executions.stream()
                .filter(execution -> executionName == null || execution.name().equals(executionName))
                .toList();
        if (candidates.size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "One execution is replayed at a time: executions="
                            + executions.stream().map(LoggedExecution::name).collect(Collectors.joining(", "))
                            + (executionName == null ? "" : ", execution=" + executionName)
                            + "; name one of them with --execution");
        }
        return candidates.get(0);
    }
}
