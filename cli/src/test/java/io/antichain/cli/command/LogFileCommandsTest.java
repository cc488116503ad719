package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of log files sees. */
class LogFileCommandsTest {
    private static final String TWO_WRITERS = "x\na {\"a\":1}\ny\nb {\"b\":1}\nz\nb {\"a\":1, \"b\":2}\n";

    @TempDir
    private Path folder;

    private final CommandRuns commands = new CommandRuns();

    @Test
    void theJsonLineIsTheOneThatTheDesignNames() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("analyze", "-o", "json", file)).isZero();
        assertThat(commands.out().strip())
                .isEqualTo("{\"execution\":\"two.log\",\"events\":3,\"processes\":2,\"concurrentPairs\":1,"
                        + "\"conflictRecords\":1,\"incomplete\":0,\"anomalies\":{},\"skippedLines\":0}");
        assertThat(commands.err()).isEmpty();
        assertThat(execute("analyze", "--fail-on-conflict", file)).isEqualTo(1);
        assertThat(execute("analyze", "--fail-on-conflict", file("one.log", "x\na {\"a\":1}\n")))
                .isZero();
    }

    @Test
    void whatIsSkippedOrMissingIsShownWithItsPlaceAndAHint() throws IOException {
        String file = file("two.log", "rubbish\n" + TWO_WRITERS + "v\nb {\"b\":5}\nw\nc {\"c\":0}\n");
        assertThat(execute("analyze", "--parser", "shiviz", "--limit", "2", file))
                .isZero();
        assertThat(commands.out().lines())
                .containsExactly(
                        "two.log: 4 events of 2 processes, 1 concurrent pair in 1 conflict record",
                        "  3 lines skipped:",
                        "    two.log:1 is no entry that the parser expression finds",
                        "    two.log:10 is an entry whose clock lacks its own process, or has 0 there",
                        "    … and 1 more",
                        "  1 anomaly: CLOCK_REGRESSED 1",
                        "    A process has lost what it knew: process=b, counter=5, a=0 follows 1; a process's clock"
                                + " never falls (two.log:8)",
                        "  Skipped lines and missing events are not counted above. If the file does hold them, describe its"
                                + " form with --parser, --delimiter or --format.");
    }

    @Test
    void withJsonTheDoubtsGoToStderr() throws IOException {
        assertThat(execute("analyze", "-o", "json", file("two.log", "rubbish\n" + TWO_WRITERS)))
                .isZero();
        assertThat(commands.out()).hasLineCount(1).contains("\"skippedLines\":1");
        assertThat(commands.err()).contains("two.log:1 is no entry").contains("with --parser");
    }

    @Test
    void mergedFilesAreOneExecution() throws IOException {
        String a = file("a.log", "x\na {\"a\":1}\n");
        String b = file(
                "b.json",
                "{\"host\":\"b\",\"clock\":{\"b\":1}}\n{\"host\":\"a\",\"clock\":{\"a\":1},\"text\":\"x\"}\n");
        assertThat(execute("analyze", a, b)).isZero();
        assertThat(commands.out()).hasLineCount(2).contains("a.log: 1 event of 1 process, 0 concurrent pairs");
        assertThat(execute("analyze", "--merge", a, b)).isZero();
        assertThat(commands.out())
                .startsWith("a.log and 1 more: 2 events of 2 processes, 1 concurrent pair in 1 conflict record\n"
                        + "  1 anomaly: DUPLICATE 1\n"
                        + "    An event stands in the files once: event=a:1, first=a.log:1, again=b.json:2,");
    }

    @Test
    void anExportGoesToStdoutAndTheCountsToStderr() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("analyze", "--export", "shiviz", file)).isZero();
        assertThat(commands.out()).isEqualTo(TWO_WRITERS.replace(", ", ","));
        assertThat(commands.err()).startsWith("two.log: 3 events of 2 processes");
    }

    @Test
    void anExportFileReadsBackToTheSameNumbers() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        String exported = folder.resolve("exported.log").toString();
        for (String format : new String[] {"shiviz", "ndjson"}) {
            assertThat(execute("analyze", "--export", format, "--export-file", exported, file))
                    .isZero();
            String counts = commands.out();
            assertThat(execute("analyze", exported)).isZero();
            assertThat(commands.out()).isEqualTo(counts.replace("two.log", "exported.log"));
        }
        assertThat(execute("analyze", "--export-file", exported, file)).isEqualTo(2);
        assertThat(execute("analyze", "--export", "dot", "--export-file", folder.toString(), file))
                .isEqualTo(2);
        assertThat(commands.err()).contains("The export file cannot be written: export-file=" + folder);
    }

    @Test
    void thePageHoldsTheEventsAndWhatSpeaksAgainstThem() throws IOException {
        String file = file("two.log", "rubbish\n" + TWO_WRITERS + "<b>\nb {\"b\":5}\n");
        Path page = folder.resolve("page.html");
        assertThat(execute("analyze", "--open", "--export-file", page.toString(), file))
                .isZero();
        assertThat(commands.out())
                .startsWith("two.log: 4 events of 2 processes, 1 concurrent pair in 1 conflict record\n")
                .endsWith("browser: " + page + "\n");
        assertThat(Files.readString(page))
                .contains("{\"name\":\"two.log\",\"skippedLines\":1,\"events\":[{\"process\":\"a\",\"counter\":1,"
                        + "\"clock\":{\"a\":1},\"text\":\"x\",\"file\":\"two.log\",\"line\":2}")
                .contains("\\u003cb>", "\"kind\":\"CLOCK_REGRESSED\"");
        assertThat(execute("analyze", "--open", "--export", "dot", file)).isEqualTo(2);
    }

    @Test
    void explainsTwoEventsOfAFile() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("explain", "a:1", "b:1", "--file", file)).isZero();
        assertThat(commands.out().strip())
                .isEqualTo("a:1 and b:1 are concurrent: a:1 knew no event of b, so not b:1; b:1 knew no event of a, so"
                        + " not a:1.");
        assertThat(execute("explain", "b:2", "a:1", "-o", "json", "--file", file))
                .isZero();
        assertThat(commands.out().strip())
                .isEqualTo(
                        "{\"first\":\"b:2\",\"second\":\"a:1\",\"relation\":\"AFTER\",\"witness\":[{\"event\":\"b:2\","
                                + "\"process\":\"a\",\"known\":1}],\"sentence\":\"a:1 happened before b:2: b:2 knew 1 event of a,"
                                + " a:1 among them.\"}");
    }

    @Test
    void provesNothingByAnEventThatTheAnalysisLeavesOut() throws IOException {
        String file = file("back.log", "a {\"a\":1}\nx\nb {\"a\":1,\"b\":1}\ny\nb {\"b\":2}\nz\n");
        assertThat(execute("analyze", "--strict", file)).isEqualTo(1);
        assertThat(commands.out()).contains("CLOCK_REGRESSED 1");
        for (String[] dots : new String[][] {{"b:2", "a:1"}, {"a:1", "b:2"}}) {
            assertThat(execute("explain", dots[0], dots[1], "--file", file)).isEqualTo(4);
            assertThat(commands.err())
                    .startsWith("antichain: The log holds the event, but it proves nothing: event=b:2, reason=")
                    .contains("back.log:5");
        }
        assertThat(execute("explain", "b:1", "a:1", "--file", file)).isZero();
    }

    @Test
    void takesTheTwoEventsAfterTheFilesToo() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("explain", "--file", file, "a:1", "b:1")).isZero();
        assertThat(commands.out()).startsWith("a:1 and b:1 are concurrent");
        assertThat(execute("explain", "--file", file, "a:1")).isEqualTo(2);
        assertThat(commands.err().strip())
                .isEqualTo("antichain: Two events are explained: named=1; write both, as in"
                        + " explain node-1:5 node-2:3");
    }

    @Test
    void listsTheConflictsOfAFileWithWhatProvesThem() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("analyze", "--conflicts", file)).isZero();
        assertThat(commands.out())
                .contains("b:1 is concurrent with 1 earlier event\n"
                        + "  a:1  b:1 knew no event of a, so not a:1; a:1 knew no event of b, so not b:1.\n");
        assertThat(execute("analyze", "--conflicts", "-o", "json", file)).isZero();
        assertThat(commands.out().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"pairs\":1");
    }

    @Test
    void explainsAcrossMergedFilesAndHostsWithPorts() throws IOException {
        String a = file("a.log", "x\n10.0.0.1:80 {\"10.0.0.1:80\":1}\n");
        String b = file("b.log", "x\nb {\"10.0.0.1:80\":1, \"b\":1}\n");
        assertThat(execute("explain", "10.0.0.1:80:1", "b:1", "--merge", "--file", a, b))
                .isZero();
        assertThat(commands.out().strip())
                .isEqualTo("10.0.0.1%3A80:1 happened before b:1: b:1 knew 1 event of 10.0.0.1%3A80, 10.0.0.1%3A80:1"
                        + " among them.");
        assertThat(execute("explain", "b:1", "b:1", "--file", a, b)).isEqualTo(2);
        assertThat(commands.err().strip())
                .isEqualTo("antichain: The files hold more than one execution: executions=a.log, b.log; choose one with"
                        + " --execution, or read all files as one with --merge");
        assertThat(execute("explain", "b:1", "b:1", "--execution", "b.log", "--file", a, b))
                .isZero();
        assertThat(commands.out().strip()).isEqualTo("b:1 is one event, not two.");
    }

    @Test
    void anEventThatNoFileHoldsIsBadInputWithWhatCanBeSaid() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        assertThat(execute("explain", "a:7", "b:2", "--file", file)).isEqualTo(4);
        assertThat(commands.err().strip())
                .isEqualTo("antichain: a:7 is not in the log; b:2 knew 1 event of a, so not a:7; whether a:7 knew b:2,"
                        + " only its own clock could tell. log=two.log");
        assertThat(execute("explain", "a:7", "b:2", "-o", "json", "--file", file))
                .isEqualTo(4);
        assertThat(commands.out()).contains("\"relation\":null,\"witness\":[{\"event\":\"b:2\"");
        assertThat(execute("explain", "a:7", "a:8", "--file", file)).isEqualTo(4);
        assertThat(commands.err().strip())
                .isEqualTo("antichain: The log does not hold the event: event=a:7, log=two.log; name two events that it"
                        + " holds");
    }

    @Test
    void aDotThatIsNoneIsAUsageError() throws IOException {
        String file = file("two.log", TWO_WRITERS);
        for (String dot : new String[] {"a", "a:", ":1", "a:0", "a:x", "a:-1", ""}) {
            assertThat(execute("explain", dot, "b:1", "--file", file)).as(dot).isEqualTo(2);
            assertThat(commands.err()).as(dot).startsWith("antichain: A").contains("; ");
        }
    }

    @Test
    void gzipIsReadWhateverItsName() throws IOException {
        Path file = folder.resolve("two.log");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(TWO_WRITERS.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(execute("analyze", file.toString())).isZero();
        assertThat(commands.out()).contains("1 concurrent pair in 1 conflict record");
    }

    @Test
    void aFileThatIsTooLongNamesTheFlag() throws IOException {
        String file = file("long.log", TWO_WRITERS + "x".repeat(1 << 20));
        assertThat(execute("analyze", "--max-file-mib", "1", file)).isEqualTo(4);
        assertThat(commands.err()).contains("permit more with --max-file-mib");
        assertThat(execute("analyze", "--max-file-mib", "0", file)).isEqualTo(2);
    }

    @Test
    void strictFailsWhereAnythingWasSkippedIsMissingOrWasRefused() throws IOException {
        assertThat(execute("analyze", "--strict", file("two.log", TWO_WRITERS))).isZero();
        for (String more :
                new String[] {"rest\n", "v\na {\"a\":3}\n", "v\nb {\"b\":3}\n", "w\na {\"a\":1}\n", "x\na {\"a\":1}\n"
                }) {
            String file = file("two.log", TWO_WRITERS + more);
            assertThat(execute("analyze", "--parser", "shiviz", file)).as(more).isZero();
            assertThat(execute("analyze", "--parser", "shiviz", "--strict", file))
                    .as(more)
                    .isEqualTo(1);
            assertThat(commands.err()).as(more).contains("--strict was given");
        }
    }

    /** No broker answers at this address: what is refused is refused before one is asked, so nothing was published. */
    @Test
    void strictReplayPublishesNothingOfALogThatIsNotSound() throws IOException {
        String[] bad = {"rest\n", "v\na {\"a\":3}\n", "x\na {\"a\":1}\n"};
        for (String more : bad) {
            assertThat(replay(file("two.log", TWO_WRITERS + more), "--parser", "shiviz", "--strict"))
                    .as(more)
                    .isEqualTo(1);
            assertThat(commands.err())
                    .as(more)
                    .containsAnyOf("skipped:", "anomaly: ")
                    .contains("--strict was given");
            assertThat(commands.out()).as(more).isEmpty();
        }
        assertThat(replay(file("two.log", TWO_WRITERS), "--strict")).isEqualTo(3);
        assertThat(commands.err()).contains("No Kafka broker answered");
    }

    private int replay(String file, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("replay", file, "--bootstrap-server", "localhost:1"));
        arguments.addAll(List.of("--command-property", "default.api.timeout.ms=10000"));
        arguments.addAll(List.of("--command-property", "request.timeout.ms=5000"));
        arguments.addAll(List.of(flags));
        return execute(arguments.toArray(String[]::new));
    }

    @Test
    void aCheckDoesNotPassBecauseNothingWasRead() throws IOException {
        assertThat(execute("analyze", "--fail-on-conflict", "--merge", file("empty.log", "\n"), file("e.log", "")))
                .isEqualTo(4);
        assertThat(commands.err())
                .contains("The log files hold no event: files=[")
                .contains("all of them are empty");
        String half = file("half.log", "=== one ===\nx\na {\"a\":1}\n=== two ===\nrubbish\n");
        assertThat(execute("analyze", half)).isZero();
        assertThat(execute("analyze", "--fail-on-conflict", half)).isEqualTo(4);
        assertThat(commands.err()).contains("No event of an execution was read: execution=two, skipped lines=1;");
    }

    @Test
    void scopeKeyComparesEventsWithTheSameKey() throws IOException {
        String file = file(
                "keys.json",
                "{\"host\":\"a\",\"clock\":{\"a\":1},\"order\":{\"id\":7}}\n"
                        + "{\"host\":\"b\",\"clock\":{\"b\":1},\"order\":{\"id\":7}}\n"
                        + "{\"host\":\"c\",\"clock\":{\"c\":1},\"order\":{\"id\":8}}\n");
        assertThat(execute("analyze", "--scope", "key", "--key-field", "order.id", "--strict", file))
                .isZero();
        assertThat(commands.out())
                .isEqualTo("keys.json: 3 events of 3 processes, 1 concurrent pair in 1 conflict record\n");
        String more = file("more.json", Files.readString(Path.of(file)) + "{\"host\":\"d\",\"clock\":{\"d\":2}}\n");
        assertThat(execute("analyze", "--scope", "key", "--key-field", "order.id", "--strict", more))
                .isEqualTo(1);
        assertThat(commands.out())
                .contains("Events without the field order.id, which are in no conflict: 1")
                .contains("GAP 1");
        assertThat(execute("analyze", "--scope", "key", "--key-field", "oder", file))
                .isEqualTo(4);
        assertThat(execute("analyze", "--scope", "key", file)).isEqualTo(2);
        assertThat(execute("analyze", "--key-field", "order.id", file)).isEqualTo(2);
    }

    @Test
    void aFormatThatDoesNotFitFindsNothingAndSaysSo() throws IOException {
        assertThat(execute("analyze", "--format", "ndjson", file("two.log", TWO_WRITERS)))
                .isEqualTo(4);
        assertThat(commands.err())
                .contains("The log file holds no event: file=")
                .contains("line 1 is no JSON object; ")
                .contains("or give --format shiviz");
        assertThat(execute("analyze", file("empty.log", ""))).isEqualTo(4);
        assertThat(commands.err()).contains(", it is empty");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int execute(String... arguments) {
        return commands.run(arguments);
    }
}
