package io.antichain.cli.command;

import io.antichain.analyzer.logfile.LogFormat;
import io.antichain.analyzer.logfile.LogParser;
import io.antichain.analyzer.logfile.LogText;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.analyzer.logfile.ShivizParser;
import io.antichain.analyzer.logfile.UnreadableLogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The flags that say how executions stand in log files. */
final class LogFileOptions {
    @Option(
            names = "--parser",
            paramLabel = "REGEX",
            description = "regular expression that matches one log entry, with the named groups host, clock and "
                    + "event (default: ShiViz's form, the text on one line, host and clock on the next)")
    private String parser;

    @Option(
            names = "--delimiter",
            paramLabel = "REGEX",
            description = "regular expression that separates the executions in a file; its named group trace "
                    + "labels them")
    private String delimiter;

    @Option(
            names = "--format",
            paramLabel = "shiviz|ndjson",
            description = "format of the files (default: ndjson if the first line is a JSON object with a clock, "
                    + "else shiviz)")
    private LogFormat format;

    @Option(names = "--merge", description = "read all files as one execution, for example one file per process")
    private boolean merge;

    @Option(names = "--execution", paramLabel = "NAME", description = "read only the execution with this name")
    private String executionName;

    @Option(
            names = "--max-file-mib",
            paramLabel = "MIB",
            defaultValue = "" + LogText.DEFAULT_MAX_MEBIBYTES,
            description = "refuse a file with more than this many MiB of text, unzipped (default: ${DEFAULT-VALUE})")
    private int maxFileMebibytes;

    /** The executions of all files, in order; with {@code --execution} the one. */
    List<LoggedExecution> executions(List<Path> files) {
        List<LoggedExecution> all = read(files);
        List<LoggedExecution> named = all.stream()
                .filter(execution -> executionName == null || execution.name().equals(executionName))
                .toList();
        if (named.isEmpty()) {
            throw notOne(all);
        }
        return named;
    }

    /** The one execution that is meant. */
    LoggedExecution execution(List<Path> files) {
        List<LoggedExecution> executions = executions(files);
        if (executions.size() != 1) {
            throw notOne(executions);
        }
        return executions.get(0);
    }

    private CommandFailure notOne(List<LoggedExecution> executions) {
        String names = executions.stream().map(LoggedExecution::name).collect(Collectors.joining(", "));
        return new CommandFailure(
                ExitCode.USAGE,
                executionName == null
                        ? "The files hold more than one execution: executions=" + names
                                + "; choose one with --execution, or read all files as one with --merge"
                        : "No single execution has the name: execution=" + executionName + ", executions=" + names
                                + "; choose one of them with --execution");
    }

    private List<LoggedExecution> read(List<Path> files) {
        try {
            LogText texts = new LogText(maxFileMebibytes);
            LogParser shiviz = new ShivizParser(
                    parser == null ? ShivizParser.DEFAULT_EXPRESSION : parser, Optional.ofNullable(delimiter));
            LogParser ndjson = new NdjsonParser();
            List<LoggedExecution> executions = new ArrayList<>();
            for (Path file : files) {
                String text = text(texts, file);
                LogFormat read = format(text);
                List<LoggedExecution> found =
                        (read == LogFormat.NDJSON ? ndjson : shiviz).parse(name(files, file), shown(files, file), text);
                requireEvents(file, read, text, found);
                executions.addAll(found);
            }
            return merge ? LoggedExecution.mergedByName(executions) : executions;
        } catch (UnreadableLogException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private LogFormat format(String text) {
        if (format != null) {
            return format;
        }
        return parser != null || delimiter != null ? LogFormat.SHIVIZ : LogFormat.guessed(text);
    }

    /** What an execution without a label is called; alike for all files that are merged. */
    private String name(List<Path> files, Path file) {
        return merge && files.size() > 1
                ? files.get(0).getFileName() + " and " + (files.size() - 1) + " more"
                : shown(files, file);
    }

    /** The file's name; with its path where another file has the same. */
    private static String shown(List<Path> files, Path file) {
        boolean alone = files.stream()
                        .filter(other -> other.getFileName().equals(file.getFileName()))
                        .count()
                == 1;
        return alone ? file.getFileName().toString() : file.toString();
    }

    private void requireEvents(Path file, LogFormat read, String text, List<LoggedExecution> found) {
        boolean none = found.stream().allMatch(execution -> execution.events().isEmpty());
        if (!none || (merge && text.isBlank())) {
            return;
        }
        String firstSkipped = found.stream()
                .flatMap(execution -> execution.skipped().first().stream())
                .findFirst()
                .map(line -> ", line " + line.number() + " is " + line.reason().sentence())
                .orElse(", it is empty");
        throw new CommandFailure(
                ExitCode.BAD_INPUT,
                "The log file holds no event: file=" + file + firstSkipped
                        + switch (read) {
                            case SHIVIZ ->
                                ", parser=" + (parser == null ? ShivizParser.DEFAULT_EXPRESSION : parser)
                                        + "; give the file's own expression with --parser, or --format ndjson";
                            case NDJSON -> "; see docs/log-files.md for its form, or give --format shiviz";
                        });
    }

    private static String text(LogText texts, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return texts.read(file.toString(), in);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The log file cannot be read: file=" + file + ", failure="
                            + e.getClass().getSimpleName() + "; check its name and permissions",
                    e);
        }
    }
}
