package io.antichain.cli.command;

import io.antichain.analyzer.logfile.LogFileReader;
import io.antichain.analyzer.logfile.LogFormat;
import io.antichain.analyzer.logfile.LogForms;
import io.antichain.analyzer.logfile.LogText;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.UnreadableLogException;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The flags that say how executions stand in log files. */
final class LogFileOptions {
    @Option(
            names = "--parser",
            paramLabel = "NAME|REGEX",
            description = "how an entry of the file looks: shiviz, govector, akka, akka-remote, tlc, git, git-raw, "
                    + "ndjson, ewd998 or json, or a regular expression with the named groups host, clock and event "
                    + "(default: what the file's first line says, else the known form that leaves nothing over)")
    private String parser;

    @Option(
            names = "--delimiter",
            paramLabel = "REGEX",
            description = "regular expression that separates the executions in a file; its named group trace "
                    + "labels them (default: lines like === NAME ===)")
    private String delimiter;

    @Option(
            names = "--format",
            paramLabel = "shiviz|ndjson",
            description = "try only forms of text, or only forms of JSON (default: all)")
    private LogFormat format;

    @Option(
            names = "--fields",
            paramLabel = "PART=FIELD,…",
            description = "where the parts of an event stand in JSON, as in process=node,clock=pkt.vc,text=event; "
                    + "parts: process, clock, text, counter, execution, id, causes, parents")
    private String fields;

    @Option(
            names = "--processes",
            split = ",",
            paramLabel = "NAME",
            description = "the process of each position in clocks that are arrays, comma-separated")
    private List<String> processes = List.of();

    @Option(names = "--merge", description = "read all files as one execution, for example one file per process")
    private boolean merge;

    @Option(names = "--execution", paramLabel = "NAME", description = "read only the execution with this name")
    private String executionName;

    @Option(
            names = "--max-file-mib",
            paramLabel = "MIB",
            defaultValue = "" + LogText.DEFAULT_MAX_MEBIBYTES,
            description =
                    "refuse a file, or topics, with more than this many MiB of text, unzipped (default: ${DEFAULT-VALUE})")
    private int maxFileMebibytes;

    /** The most that is read of a file, in bytes. */
    long mostBytes() {
        return (long) maxFileMebibytes << 20;
    }

    /** The executions of all files, in order; with {@code --execution} the one. */
    List<LoggedExecution> executions(List<Path> files) {
        if (files.stream().filter(LogFileOptions::isStandardInput).count() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The standard input was named more than once: files=-, -; it can be read once");
        }
        List<LoggedExecution> all = read(files);
        List<LoggedExecution> named = all.stream()
                .filter(execution -> executionName == null || execution.name().equals(executionName))
                .toList();
        if (all.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "The log files hold no event: files=" + files + ", all of them are empty");
        }
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
            LogForms forms = new LogForms(
                    Optional.ofNullable(parser),
                    Optional.ofNullable(delimiter),
                    Optional.ofNullable(format),
                    Optional.ofNullable(fields),
                    processes);
            LogFileReader reader = new LogFileReader(forms, merge);
            for (Path file : files) {
                reader.read(name(files, file), shown(files, file), text(texts, file));
            }
            return reader.executions();
        } catch (UnreadableLogException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** What an execution without a label is called; alike for all files that are merged. */
    private String name(List<Path> files, Path file) {
        return merge && files.size() > 1
                ? files.get(0).getFileName() + " and " + (files.size() - 1) + " more"
                : shown(files, file);
    }

    /** The file's name; with its path where another file has the same. */
    private static String shown(List<Path> files, Path file) {
        if (isStandardInput(file)) {
            return "stdin";
        }
        boolean alone = files.stream()
                        .filter(other -> other.getFileName().equals(file.getFileName()))
                        .count()
                == 1;
        return alone ? file.getFileName().toString() : file.toString();
    }

    /** Of a pipe, a terminal or a process substitution too, which cannot be sought in. */
    private static String text(LogText texts, Path file) {
        try (InputStream in = isStandardInput(file) ? standardInput() : opened(file)) {
            return texts.read(isStandardInput(file) ? "stdin" : file.toString(), in);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The log file cannot be read: file=" + file + ", failure="
                            + e.getClass().getSimpleName()
                            + (file.toString().startsWith("--")
                                    ? "; this command has no flag of that name either"
                                    : "; check its name and permissions"),
                    e);
        }
    }

    private static InputStream opened(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new FileInputStream(file.toFile());
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    private static InputStream standardInput() {
        return new FilterInputStream(System.in) {
            @Override
            public void close() {
                // It is not ours.
            }
        };
    }
}
