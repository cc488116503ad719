package io.antichain.cli.command;

import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Whether logs must be whole and sound. */
final class StrictOption {
    @Option(
            names = "--strict",
            description = "exit with 1 if any line was skipped, or any event is missing or was refused")
    private boolean strict;

    /** Whether the command has to fail, which is then said. */
    boolean fails(boolean doubtful, PrintWriter err) {
        if (strict && doubtful) {
            err.println(
                    "antichain: The logs are not whole or not sound, and --strict was given; see what is named above");
        }
        return strict && doubtful;
    }

    /**
     * Whether the command has to fail for an execution, of which then is said what speaks against it.
     *
     * @param limit how many skipped lines, and how many anomalies, are named
     */
    boolean fails(LoggedExecution execution, int limit, PrintWriter err) {
        if (!strict) {
            return false;
        }
        ExecutionAnalysis analysis = ExecutionAnalysis.of(execution);
        AnalysisReport.doubts(analysis, limit).forEach(err::println);
        return fails(analysis.doubtful(), err);
    }
}
