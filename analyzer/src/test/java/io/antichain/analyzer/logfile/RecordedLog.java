package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A log of somebody else's system, with its numbers of events and concurrent pairs, counted in three other ways. */
enum RecordedLog {
    CHORD("chord.log", "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)", null, List.of(1235), List.of(15896L), 0),
    SIMPLEDB("simpledb.log", "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})", null, List.of(509), List.of(16937L), 0),
    RELIABLE_BROADCAST(
            "reliable-broadcast.log",
            "\\[\\w+\\] \\[(?<date>([^ ]+ [^ ]+))\\] [^ ]+ \\[akka://Broadcast/user/(?<host>\\w+)\\]"
                    + " (?<clock>.*\\}) (?<event>.*)",
            null,
            List.of(116),
            List.of(2044L),
            1),
    FACEBOOK(
            "facebook-multiple.log",
            "(?<ip>(\\d{1,3}\\.){3}\\d{1,3}) (?<date>(\\d{1,2}/){2}\\d{4} (\\d{2}:){2}\\d{2} (AM|PM))"
                    + " (?<action>(INFO|GET|POST)) (?<event>.*)\\n(?<host>\\w*) (?<clock>.*)",
            "^=== (?<trace>.*) ===$",
            List.of(47, 41),
            List.of(68L, 62L),
            0);

    private static final Path LOGS = Path.of("../../shared/logs");

    final String file;
    final List<Integer> events;
    final List<Long> pairs;
    final long skippedLines;
    private final String expression;
    private final String delimiter;

    RecordedLog(
            String file,
            String expression,
            String delimiter,
            List<Integer> events,
            List<Long> pairs,
            long skippedLines) {
        this.file = file;
        this.expression = expression;
        this.delimiter = delimiter;
        this.events = events;
        this.pairs = pairs;
        this.skippedLines = skippedLines;
    }

    /** Skips the test where the logs do not stand beside the project. */
    List<LoggedExecution> read() throws IOException {
        return parser().parse(file, file, text());
    }

    String text() throws IOException {
        assumeThat(LOGS.resolve(file))
                .as("the recorded executions stand beside the project")
                .exists();
        return Files.readString(LOGS.resolve(file));
    }

    LogParser parser() {
        return new ShivizParser(expression, Optional.ofNullable(delimiter));
    }
}
