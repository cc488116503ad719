package io.antichain.cli.command;

import io.antichain.analyzer.export.ExportFormat;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the order engine on log files. */
@Command(
        name = "analyze",
        description =
                "Counts the concurrent pairs of events in log files with vector clocks, and writes the executions in"
                        + " other formats. Needs no Kafka.",
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "log files with vector clocks, also packed with gzip")
    private List<Path> files;

    @Mixin
    private LogFileOptions logs;

    @Mixin
    private OutputOption output;

    @Option(names = "--fail-on-conflict", description = "exit with 1 if any two events are concurrent")
    private boolean failOnConflict;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "how many skipped lines and how many anomalies are named (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--export",
            paramLabel = "shiviz|ndjson|dot|html",
            description = "write the executions as ShiViz text, as one JSON object a line, their Hasse diagram for"
                    + " Graphviz, or a page that shows them, in one file; the counts then go to stderr, unless there is"
                    + " an --export-file")
    private ExportFormat export;

    @Option(names = "--export-file", paramLabel = "FILE", description = "where to write the export (default: stdout)")
    private Path exportFile;

    @Option(
            names = "--open",
            description =
                    "show the executions in the browser: the page of --export html, in --export-file or a temporary"
                            + " file")
    private boolean open;

    @Override
    public Integer call() {
        if (open) {
            exportPage();
        }
        if (exportFile != null && export == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "An export has a format: export-file=" + exportFile + "; name one with --export");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter counts = export != null && exportFile == null ? err : out;
        List<LoggedExecution> executions = logs.executions(files);
        boolean conflict = false;
        for (LoggedExecution execution : executions) {
            ExecutionAnalysis analysis = ExecutionAnalysis.of(execution);
            conflict |= analysis.concurrentPairs() > 0;
            print(analysis, counts, output.json() ? err : counts);
        }
        if (export != null) {
            export(executions, out);
        }
        if (open) {
            out.println(
                    (WebBrowser.open(exportFile) ? "In the browser: " : "Open this file in a browser: ") + exportFile);
            out.flush();
        }
        return failOnConflict && conflict ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    private void exportPage() {
        if (export != null && export != ExportFormat.HTML) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "What is opened is a page: export=" + export + "; leave --export out, or give html");
        }
        export = ExportFormat.HTML;
        if (exportFile == null) {
            try {
                exportFile = Files.createTempFile("antichain-", ".html");
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "A page is written before it is opened: folder=" + System.getProperty("java.io.tmpdir")
                                + ", failure=" + e.getClass().getSimpleName() + "; name a file with --export-file",
                        e);
            }
        }
    }

    private void print(ExecutionAnalysis analysis, PrintWriter counts, PrintWriter doubts) {
        if (output.json()) {
            OutputOption.print(counts, AnalysisReport.json(analysis));
        } else {
            counts.println(AnalysisReport.summary(analysis));
            counts.flush();
        }
        AnalysisReport.doubts(analysis, limit).forEach(doubts::println);
        doubts.flush();
    }

    private void export(List<LoggedExecution> executions, PrintWriter out) {
        try {
            if (exportFile == null) {
                export.writer().write(executions, out);
                out.flush();
            } else {
                try (Writer file = Files.newBufferedWriter(exportFile)) {
                    export.writer().write(executions, file);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "An export file must be writable: export-file=" + exportFile + ", failure="
                            + e.getClass().getSimpleName() + "; check its folder and permissions",
                    e);
        }
    }
}
