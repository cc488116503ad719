package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as others write them are read to what they say, or refused with the choices. */
class ForeignLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/logs");
    private static final Path RECORDED = Path.of("../../shared/logs");

    @TempDir
    private Path folder;

    private final CommandRuns commands = new CommandRuns();

    @Test
    void aFileOfGoVectorNamesItsOwnExpression() {
        assertThat(exported("a10-govector-header.log"))
                .containsExactly("a:1 first of a", "b:1 first of b", "a:2 second of a");
        assertThat(commands.err())
                .contains("a10-govector-header.log: 3 events of 2 processes, 1 concurrent pair")
                .contains(
                        "Read with the parser expression in its first line: (?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");
    }

    /** The numbers were counted in other ways; see the logs' own README. */
    @Test
    void theRecordedLogsOfOtherSystemsNeedNoFlag() {
        assumeThat(RECORDED)
                .as("the recorded executions stand beside the project")
                .exists();
        assertThat(counts("chord.log")).containsExactly("1235 15896");
        assertThat(counts("simpledb.log")).containsExactly("509 16937");
        assertThat(counts("reliable-broadcast.log")).containsExactly("116 2044");
        assertThat(counts("facebook-multiple.log")).containsExactly("47 68", "41 62");
    }

    private List<String> counts(String log) {
        assertThat(execute("analyze", "-o", "json", RECORDED.resolve(log).toString()))
                .as(() -> commands.err())
                .isZero();
        return commands.out()
                .lines()
                .map(line -> line.replaceAll(".*\"events\":(\\d+),.*\"concurrentPairs\":(\\d+),.*", "$1 $2"))
                .toList();
    }

    @Test
    void aDelimiterInTheSecondLineDividesExecutions() {
        assertThat(analyze("a10b-header-with-delimiter.log")).isZero();
        assertThat(commands.out())
                .contains("one: 1 event of 1 process, 0 concurrent pairs")
                .contains("two: 1 event of 1 process, 0 concurrent pairs");
    }

    @Test
    void withoutAHeaderTheOrderOfTheTwoLinesIsFound() throws IOException {
        String file = file("g.log", "a {\"a\":1}\nfirst of a\nb {\"b\":1}\nfirst of b\n");
        assertThat(execute("analyze", "--export", "ndjson", file)).isZero();
        assertThat(commands.out()).contains("\"text\":\"first of a\"").contains("\"text\":\"first of b\"");
        assertThat(commands.err())
                .contains("Read with --parser govector: host and clock on one line, the event on the next");
    }

    @Test
    void whatFitsTwoWaysIsRefusedWithTheChoices() throws IOException {
        String file = file("odd.log", "# comment\nx\na {\"a\":1}\ny\nb {\"b\":1}\nz\nrest\n");
        assertThat(execute("analyze", file)).isEqualTo(4);
        assertThat(commands.err())
                .contains("The file can be read in several ways: file=odd.log, parsers=shiviz, govector,")
                .contains("choose one with --parser");
        assertThat(execute("analyze", "--parser", "shiviz", file)).isZero();
        assertThat(execute("analyze", "--parser", "govector", file)).isZero();
        assertThat(execute("analyze", "--parser", "govectr", file)).isEqualTo(2);
        assertThat(commands.err()).contains("No parser has this name: parser=govectr; choose one of shiviz, govector,");
    }

    @Test
    void escapedClocksAndTlcsStatesAreRead() {
        for (String parser : new String[] {
            null,
            "tlc",
            "^State [0-9]+: <(?<event>\\w*) .*>\\n\\/\\\\ Host = (?<host>.*)\\n\\/\\\\ Clock = \"(?<clock>.*)\""
        }) {
            int exit = parser == null
                    ? analyze("a07-escaped-clock.log")
                    : execute(
                            "analyze",
                            "--parser",
                            parser,
                            LOGS.resolve("a07-escaped-clock.log").toString());
            assertThat(exit).as("%s", parser).isZero();
            assertThat(commands.out())
                    .startsWith(
                            "a07-escaped-clock.log: 3 events of 2 processes, 1 concurrent pair in 1 conflict record\n");
        }
        assertThat(exported("a07-escaped-clock.log")).containsExactly("n1:1 Send", "n2:1 Send", "n2:2 Recv");
    }

    @Test
    void akkasDebugLogIsRead() {
        assertThat(exported("a08-akka.log"))
                .containsExactly(
                        "localhost%3A2551:1 Initialized as dormant in alpha",
                        "localhost%3A2552:1 Initialized as dormant in beta", "localhost%3A2551:2 Becoming active");
        assertThat(commands.err()).contains("1 concurrent pair").contains("--parser akka-remote");
    }

    @Test
    void effectsThatStandFirstAreExportedAfterTheirCauses() {
        assertThat(execute(
                        "analyze",
                        "--export",
                        "shiviz",
                        LOGS.resolve("a09-effects-first.log").toString()))
                .isZero();
        assertThat(commands.out())
                .isEqualTo("asked\na {\"a\":1}\nreply sent\nb {\"a\":1,\"b\":1}\nreply seen\na {\"a\":2,\"b\":1}\n");
    }

    @Test
    void severalSpellingsAreRead() {
        assertThat(exported("a04-vc-numeric-host.ndjson"))
                .containsExactly(
                        "0:1 {\"type\":\"tok\",\"q\":0,\"color\":\"black\"}",
                        "0:2 {\"type\":\"pl\"}",
                        "1:1 {\"type\":\"pl\"}",
                        "0:6 {\"type\":\"tok\",\"q\":0,\"color\":\"white\"}");
        assertThat(exported("a14-int64-strings.ndjson")).containsExactly("p1:1 put x", "p2:1 put y");
        assertThat(exported("a15-float-counters.ndjson")).containsExactly("p1:1 put x", "p2:1 put y");
    }

    @Test
    void arraysAreReadWhereOneOrderOfTheProcessesFits() throws IOException {
        assertThat(exported("a13-array-clocks.ndjson")).containsExactly("A:1 send", "B:1 recv", "C:1 local");
        assertThat(commands.err())
                .contains("3 events of 3 processes, 2 concurrent pairs")
                .contains("by position: A,B,C");
        String two = file("two.json", "{\"process\":\"A\",\"clock\":[1,1]}\n{\"process\":\"B\",\"clock\":[1,1]}\n");
        assertThat(execute("analyze", two)).isEqualTo(4);
        assertThat(commands.err())
                .contains("several orders of the processes fit: execution=two.json, positions=2, processes=A,B;")
                .contains("--processes");
        assertThat(execute("analyze", "--processes", "B,A", two)).isZero();
    }

    @Test
    void clocksMayBePairsAndNamesSeveralParts() throws IOException {
        String file = file(
                "pairs.json",
                "{\"process\":[\"A\",\"1\"],\"clock\":[[[\"A\",\"1\"],1]],\"text\":\"x\"}\n"
                        + "{\"process\":\"B\",\"clock\":[[\"B\",1],[[\"A\",\"1\"],1]],\"text\":\"y\"}\n");
        assertThat(execute("analyze", file)).isZero();
        assertThat(commands.out())
                .isEqualTo("pairs.json: 2 events of 2 processes, 0 concurrent pairs in 0 conflict records\n");
        assertThat(execute("explain", "A/1:1", "B:1", "--file", file)).isZero();
    }

    @Test
    void theFieldsMayBeNamed() throws IOException {
        String trace = "{\"N\":2}\n{\"event\":\">\",\"node\":0,\"pkt\":{\"snd\":0,\"vc\":{\"0\":1}}}\n"
                + "{\"event\":\"<\",\"node\":1,\"pkt\":{\"snd\":0,\"vc\":{\"0\":1,\"1\":1}}}\n"
                + "{\"event\":\"d\",\"node\":0,\"pkt\":{\"vc\":{\"0\":2}}}\n";
        String file = file("ewd.ndjson", trace);
        assertThat(execute("analyze", "--fields", "process=node,clock=pkt.vc,text=event", file))
                .isZero();
        assertThat(commands.out())
                .contains("3 events of 2 processes, 1 concurrent pair")
                .contains("1 line skipped");
        assertThat(execute("analyze", file)).isZero();
        assertThat(commands.out())
                .contains("3 events of 2 processes, 1 concurrent pair")
                .contains("--parser ewd998")
                .doesNotContain("skipped");
        assertThat(execute("analyze", "--fields", "proces=node", file)).isEqualTo(2);
        assertThat(commands.err()).contains("fault at=proces=node;");
    }

    @Test
    void whatStandsTwiceCountsOnce() {
        assertThat(analyze("a33-duplicate.log")).isZero();
        assertThat(commands.out()).startsWith("a33-duplicate.log: 1 event of 1 process, 0 concurrent pairs");
    }

    @Test
    void clocksThatClaimEachOtherAreAnAnomalyHoweverLongTheCircle() {
        assertThat(analyze("a21-equal-vectors.ndjson")).isZero();
        assertThat(commands.out())
                .contains("1 anomaly: CONTRADICTION 1")
                .contains(
                        "Events claim to come after each other: A:1 knew B:1 (a21-equal-vectors.ndjson:1), B:1 knew A:1"
                                + " (a21-equal-vectors.ndjson:2);");
        assertThat(analyze("a21b-cycle-of-three.ndjson")).isZero();
        assertThat(commands.out()).contains("1 anomaly: CONTRADICTION 1").contains("C:1 knew A:1");
    }

    @Test
    void aTextWithANextLineCharacterIsWhole() {
        assertThat(exported("a23-nel.log")).containsExactly("n1:1 left\u0085right", "n2:1 plain");
    }

    private List<String> exported(String log) {
        assertThat(execute("analyze", "--export", "ndjson", LOGS.resolve(log).toString()))
                .as(commands.err())
                .isZero();
        return commands.out()
                .lines()
                .map(line -> line.replaceAll(
                        "(?s)^\\{\"process\":\"(.*?)\",\"counter\":(\\d+),.*?,\"text\":\"(.*?)\"(,\"(?!color|q)\\w+\":.*)?\\}$",
                        "$1:$2 $3"))
                .map(line -> line.replace("\\\"", "\""))
                .toList();
    }

    private int analyze(String log) {
        return execute("analyze", LOGS.resolve(log).toString());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int execute(String... arguments) {
        return commands.run(arguments);
    }
}
