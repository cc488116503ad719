package io.antichain.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the order engine on log files. */
@Command(
        name = "analyze",
        description = "Counts the concurrent pairs of events in log files with vector clocks. Needs no Kafka.",
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
    private static final int NAMED_LINES = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LogFileOptions logs;

    @Mixin
    private OutputOption output;

    @Option(names = "--fail-on-conflict", description = "exit with 1 if any two events are concurrent")
    private boolean failOnConflict;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean conflict = false;
        for (LoggedExecution execution : logs.executions()) {
            ExecutionAnalysis analysis = ExecutionAnalysis.of(execution);
            conflict |= analysis.concurrentPairs() > 0;
            if (output.json()) {
                OutputOption.print(out, json(analysis));
            } else {
                out.println(text(analysis));
                out.flush();
            }
        }
        return failOnConflict && conflict ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    private static String text(ExecutionAnalysis analysis) {
        LoggedExecution execution = analysis.execution();
        return execution.name() + ": " + execution.events().size() + " events of "
                + execution.processes().size() + " processes, " + analysis.concurrentPairs() + " concurrent pairs in "
                + analysis.conflicts().size() + " conflict records"
                + (analysis.anomalies().isEmpty() ? "" : "; refused: " + analysis.anomalies())
                + skipped(execution.skippedLines());
    }

    private static String skipped(List<Integer> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        String named = lines.stream().limit(NAMED_LINES).map(String::valueOf).collect(Collectors.joining(", "));
        return "; skipped " + lines.size() + " lines that are no event: " + named
                + (lines.size() > NAMED_LINES ? ", …" : "");
    }

    private static ObjectNode json(ExecutionAnalysis analysis) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("execution", analysis.execution().name())
                .put("events", analysis.execution().events().size())
                .put("processes", analysis.execution().processes().size())
                .put("concurrentPairs", analysis.concurrentPairs())
                .put("conflictRecords", analysis.conflicts().size())
                .put("incomplete", 0);
        ObjectNode anomalies = json.putObject("anomalies");
        analysis.anomalies().forEach((kind, count) -> anomalies.put(kind.name(), count));
        return json.put("skippedLines", analysis.execution().skippedLines().size());
    }
}
