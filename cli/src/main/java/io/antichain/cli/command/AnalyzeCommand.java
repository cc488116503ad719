package io.antichain.cli.command;

import io.antichain.analyzer.export.ConflictJson;
import io.antichain.analyzer.export.ExportFormat;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicsExecution;
import io.antichain.schemas.Conflict;
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

/** Runs the order engine on log files, or on what stands in topics now. */
@Command(
        name = "analyze",
        description = "Finds the concurrent events in log files that hold vector clocks, or in what stands in topics "
                + "now, and converts them to other formats. It writes nothing to Kafka, and joins no group.",
        mixinStandardHelpOptions = true)
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "log files with vector clocks, or with the causes of events; they may be gzipped; - is stdin")
    private List<Path> files = List.of();

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "topics to read up to where they end now, comma-separated, instead of files: records that "
                    + "carry a stamp in the header antichain-stamp, whatever their payload, and those of the events "
                    + "topic; a record's key is its field key")
    private List<String> topics = List.of();

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LogFileOptions logs;

    @Mixin
    private OutputOption output;

    @Option(names = "--fail-on-conflict", description = "exit with 1 if any two events are concurrent")
    private boolean failOnConflict;

    @Mixin
    private StrictOption strict;

    @Mixin
    private FileScopeOptions scope;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "name at most N skipped lines and N anomalies (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--conflicts",
            description = "print each conflict record with what proves it; with -o json, each as a line before "
                    + "the counts")
    private boolean conflicts;

    @Option(
            names = "--export",
            paramLabel = "shiviz|ndjson|dot|html",
            description = "write the executions as ShiViz text, as JSON with one object per line, as a Hasse "
                    + "diagram for Graphviz, or as an HTML page; without --export-file they go to stdout and "
                    + "the counts to stderr")
    private ExportFormat export;

    @Option(names = "--export-file", paramLabel = "FILE", description = "file to write the export to (default: stdout)")
    private Path exportFile;

    @Option(
            names = "--open",
            description = "show the executions in the browser: write the HTML page to --export-file or to a "
                    + "temporary file, and open it")
    private boolean open;

    @Override
    public Integer call() {
        if (open) {
            exportPage();
        }
        if (exportFile != null && export == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "An export file was named without a format: export-file=" + exportFile
                            + "; choose one with --export");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter counts = export != null && exportFile == null ? err : out;
        scope.require(!topics.isEmpty());
        List<LoggedExecution> executions = executions(err);
        boolean conflict = false;
        boolean doubtful = false;
        for (LoggedExecution execution : executions) {
            if (failOnConflict) {
                requireEvents(execution);
            }
            ExecutionAnalysis analysis = scope.analysis(execution);
            conflict |= analysis.concurrentPairs() > 0;
            doubtful |= analysis.doubtful() || scope.withoutKey(execution) > 0;
            print(analysis, counts, output.json() ? err : counts);
        }
        if (conflict && !conflicts && export == null && !topics.isEmpty()) {
            err.println("To see which they are, add --conflicts, or --open for the browser.");
        }
        if (export != null) {
            export(executions, out);
        }
        if (open) {
            out.println((WebBrowser.open(exportFile) ? "Opened in the browser: " : "Open this file in a browser: ")
                    + exportFile);
            out.flush();
        }
        boolean unsound = strict.fails(doubtful, err);
        return failOnConflict && conflict || unsound ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    private List<LoggedExecution> executions(PrintWriter err) {
        if (topics.isEmpty() == files.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Either files or topics are analyzed: files=" + files.size() + ", topics=" + topics.size()
                            + "; name log files, or topics with --topics");
        }
        if (topics.isEmpty()) {
            return logs.executions(files);
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        LoggedExecution execution =
                new TopicsExecution(named, logs.mostBytes(), read -> err.println("Records read: " + read)).read(topics);
        if (execution.events().isEmpty() && execution.skipped().count() > 0) {
            execution.notes().forEach(err::println);
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "No record could be judged: topics=" + execution.name() + ", records="
                            + execution.skipped().count()
                            + ", the first is "
                            + execution.skipped().first().get(0).reason().sentence()
                            + "; docs/stamp-my-service.md says how records get stamps");
        }
        return List.of(execution);
    }

    /** A check must not pass because nothing could be read. */
    private static void requireEvents(LoggedExecution execution) {
        if (execution.events().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "No event of an execution was read: execution=" + execution.name() + ", skipped lines="
                            + execution.skipped().count()
                            + "; describe its form with --parser, choose others with --execution, or leave out"
                            + " --fail-on-conflict");
        }
    }

    private void exportPage() {
        if (export != null && export != ExportFormat.HTML) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Only an HTML page can be opened: export=" + export + "; choose --export html, or leave it out");
        }
        export = ExportFormat.HTML;
        if (exportFile == null) {
            try {
                exportFile = Files.createTempFile("antichain-", ".html");
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "A temporary file for the page cannot be made: folder=" + System.getProperty("java.io.tmpdir")
                                + ", failure=" + e.getClass().getSimpleName() + "; name a file with --export-file",
                        e);
            }
        }
    }

    private void print(ExecutionAnalysis analysis, PrintWriter counts, PrintWriter doubts) {
        List<Conflict> listed = conflicts ? analysis.conflicts() : List.of();
        if (output.json()) {
            listed.forEach(conflict -> OutputOption.print(counts, ConflictJson.of(conflict)));
            OutputOption.print(counts, AnalysisReport.json(analysis));
        } else {
            counts.println(AnalysisReport.summary(analysis));
            listed.stream().map(ConflictReport.OF_FILES::text).forEach(counts::println);
            counts.flush();
        }
        AnalysisReport.notes(analysis).forEach(doubts::println);
        scope.notes(analysis.execution()).forEach(doubts::println);
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
                    "The export file cannot be written: export-file=" + exportFile + ", failure="
                            + e.getClass().getSimpleName() + "; check its folder and permissions",
                    e);
        }
    }
}
