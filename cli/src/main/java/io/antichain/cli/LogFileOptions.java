package io.antichain.cli;

import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.ShivizParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files and flags that name executions in log files. */
final class LogFileOptions {
    /** The formats that can be read. */
    enum Format {
        SHIVIZ
    }

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "log files with vector clocks")
    private List<Path> files = List.of();

    @Option(
            names = "--parser",
            paramLabel = "REGEX",
            description =
                    "regular expression of one entry, with the named groups host, clock and event (default: ShiViz's,"
                            + " text on one line, host and clock on the next)")
    private String parser = ShivizParser.DEFAULT_EXPRESSION;

    @Option(
            names = "--delimiter",
            paramLabel = "REGEX",
            description = "regular expression that divides a file into executions; its group trace is their label")
    private String delimiter;

    @Option(
            names = "--format",
            paramLabel = "shiviz",
            defaultValue = "SHIVIZ",
            description = "format of the files (default: shiviz)")
    private Format format;

    /** All executions of all files, in order. */
    List<LoggedExecution> executions() {
        if (files.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "A log file is named: files=none; name one FILE or more");
        }
        ShivizParser shiviz = shiviz();
        List<LoggedExecution> executions = new ArrayList<>();
        for (Path file : files) {
            List<LoggedExecution> found = shiviz.parse(file.getFileName().toString(), text(file));
            if (found.stream().allMatch(execution -> execution.events().isEmpty())) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "A log file holds at least one event that the parser expression finds: file=" + file
                                + ", parser=" + parser + "; give the file's own expression with --parser");
            }
            executions.addAll(found);
        }
        return executions;
    }

    private ShivizParser shiviz() {
        try {
            return switch (format) {
                case SHIVIZ -> new ShivizParser(parser, Optional.ofNullable(delimiter));
            };
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "A log file must be readable UTF-8 text: file=" + file + ", failure="
                            + e.getClass().getSimpleName() + "; check its name, permissions and encoding",
                    e);
        }
    }
}
