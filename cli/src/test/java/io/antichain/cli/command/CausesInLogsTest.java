package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs without clocks, whose events name their causes. */
class CausesInLogsTest {
    @TempDir
    private Path folder;

    private final CommandRuns commands = new CommandRuns();

    @Test
    void clocksAreComputedFromProcessOrderAndCauses() throws IOException {
        String file = file(
                "causes.json",
                """
                {"process": "a", "id": "a1", "causes": [], "text": "ask"}
                {"process": "b", "id": "b1", "causes": [], "text": "idle"}
                {"process": "b", "id": "b2", "causes": ["a1"], "text": "asked"}
                {"process": "a", "id": "a2", "causes": null, "text": "go on"}
                {"process": "a", "id": "a3", "causes": ["b2"], "text": "answered"}
                """);
        assertThat(execute("analyze", file)).isZero();
        assertThat(commands.out())
                .isEqualTo(
                        """
                        causes.json: 5 events of 2 processes, 3 concurrent pairs in 2 conflict records
                          The clocks were computed from the causes that the events name
                        """);
        assertThat(execute("analyze", "--export", "ndjson", file)).isZero();
        assertThat(commands.out()).contains("\"counter\":2,\"clock\":{\"a\":1,\"b\":2},\"text\":\"asked\"");
        assertThat(execute("analyze", "--strict", file)).isZero();
    }

    @Test
    void causesMayStandInOtherFilesAndAfterTheirEffects() throws IOException {
        String b = file("b.json", "{\"process\": \"b\", \"id\": 2, \"causes\": [1]}\n");
        String a = file("a.json", "{\"process\": \"a\", \"id\": 1, \"causes\": []}\n");
        assertThat(execute("analyze", "--strict", "--merge", b, a)).isZero();
        assertThat(commands.out()).contains("2 events of 2 processes, 0 concurrent pairs");
        assertThat(execute("analyze", "--strict", b)).isEqualTo(1);
        assertThat(commands.out()).contains("UNSEEN_CAUSE 1").contains("event%201");
    }

    @Test
    void aProcessThatIsNoChainIsSplitIntoLivesAndSaidSo() throws IOException {
        String file = file(
                "parents.json",
                """
                {"process": "ada", "id": "r", "parents": [], "text": "root"}
                {"process": "ada", "id": "x", "parents": ["r"], "text": "left"}
                {"process": "ada", "id": "y", "parents": ["r"], "text": "right"}
                {"process": "bob", "id": "m", "parents": ["x", "y"], "text": "merge"}
                """);
        assertThat(execute("analyze", "--strict", file)).isZero();
        assertThat(commands.out())
                .contains("4 events of 3 processes, 1 concurrent pair in 1 conflict record")
                .contains("The events of ada are no chain: they count as 2 lives, ada to ada~1");
    }

    @Test
    void whatNamesNoCauseAtAllIsRefused() throws IOException {
        assertThat(
                        execute(
                                "analyze",
                                file(
                                        "none.json",
                                        "{\"process\":\"a\",\"id\":1,\"causes\":[]}\n{\"process\":\"b\",\"id\":2,\"causes\":[]}\n")))
                .isEqualTo(4);
        assertThat(commands.err())
                .contains("No event has a clock or names a cause, so nothing says what it knew: execution=none.json");
        assertThat(execute("analyze", file("plain.log", "12:00 INFO started\n12:01 INFO done\n")))
                .isEqualTo(4);
        assertThat(commands.err())
                .contains("The log file holds no event: file=plain.log, line 1 is no entry")
                .contains("each event needs its process and a vector clock");
        assertThat(execute("analyze", file("ids.json", "{\"process\":\"a\",\"id\":1}\n")))
                .isEqualTo(4);
        assertThat(commands.err()).contains("line 1 is an entry without a clock, and without its causes or parents");
        assertThat(execute("analyze", file("plain.json", "{\"level\":\"INFO\",\"msg\":\"x\"}\n")))
                .isEqualTo(4);
        assertThat(commands.err()).contains("line 1 is an entry without a clock");
    }

    @Test
    void causesInACircleAreRefusedAndAnIdThatIsUsedTwiceIsSkipped() throws IOException {
        assertThat(
                        execute(
                                "analyze",
                                file(
                                        "circle.json",
                                        "{\"process\":\"a\",\"id\":1,\"causes\":[2]}\n{\"process\":\"b\",\"id\":2,\"causes\":[1]}\n")))
                .isEqualTo(4);
        assertThat(commands.err())
                .contains("Events are causes of each other: a at circle.json:1, after b at circle.json:2");
        String twice = file(
                "twice.json",
                "{\"process\":\"a\",\"id\":1,\"causes\":[]}\n{\"process\":\"b\",\"id\":2,\"causes\":[1]}\n{\"process\":\"a\",\"id\":1,\"causes\":[]}\n"
                        + "{\"process\":\"c\",\"id\":1,\"causes\":[]}\n");
        assertThat(execute("analyze", twice)).isZero();
        assertThat(commands.out())
                .contains("2 events of 2 processes")
                .contains("twice.json:4 is an entry with the id of another one")
                .contains("DUPLICATE 1");
    }

    @Test
    void spansNameTheirParentsInOtherFields() throws IOException {
        String file = file(
                "spans.json",
                """
                {"service": "shop", "spanId": "1", "name": "order"}
                {"service": "stock", "spanId": "2", "parentSpanId": "1", "name": "reserve"}
                {"service": "bill", "spanId": "3", "parentSpanId": "1", "name": "charge"}
                """);
        String fields = "process=service,id=spanId,parents=parentSpanId,text=name";
        assertThat(execute("analyze", "--strict", "--fields", fields, file)).isZero();
        assertThat(commands.out()).contains("3 events of 3 processes, 1 concurrent pair");
    }

    @Test
    void anEditingTraceIsRead() throws IOException {
        String file = file(
                "trace.json",
                """
                {"kind": "concurrent", "endContent": "ab", "numAgents": 2, "txns": [
                  {"parents": [], "numChildren": 2, "agent": 0, "patches": [[0, 0, "a"]]},
                  {"parents": [0], "numChildren": 1, "agent": 0, "patches": [[1, 0, "b"]]},
                  {"parents": [0], "numChildren": 1, "agent": 1, "patches": [[1, 0, "c"]]},
                  {"parents": [1, 2], "numChildren": 0, "agent": 1, "patches": []}
                ]}
                """);
        assertThat(execute("analyze", "--strict", file)).isZero();
        assertThat(commands.out())
                .contains("trace.json: 4 events of 2 processes, 1 concurrent pair in 1 conflict record")
                .contains("--parser json: one JSON document");
        assertThat(execute(
                        "analyze",
                        file("cut.json", Files.readString(Path.of(file)).substring(0, 300))))
                .isEqualTo(4);
        assertThat(commands.err()).contains("The file is no whole JSON document: file=cut.json, line=");
    }

    /** A repository made here: two branches of one author, and one of another, merged. */
    @Test
    void theHistoryOfAGitRepositoryIsRead() throws Exception {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        git(repository, "init", "-q", "-b", "main");
        commit(repository, "Ada", "root\n\nwith a body\n\nof two parts");
        git(repository, "checkout", "-q", "-b", "side");
        commit(repository, "Ada", "side");
        git(repository, "checkout", "-q", "-b", "third", "main");
        commit(repository, "Bob", "third");
        git(repository, "checkout", "-q", "main");
        commit(repository, "Ada", "main");
        git(repository, "merge", "-q", "--no-edit", "side", "third");
        for (List<String> format :
                List.of(List.of("--parents"), List.of("--parents", "--decorate"), List.of("--format=raw"))) {
            List<String> arguments = new ArrayList<>(List.of("log", "--all"));
            arguments.addAll(format);
            String file = file("git.log", git(repository, arguments.toArray(String[]::new)));
            assertThat(execute("analyze", "--strict", file))
                    .as("%s: %s%s", format, commands.out(), commands.err())
                    .isZero();
            // side, third and main are concurrent with each other.
            assertThat(commands.out())
                    .as("%s", format)
                    .contains("5 events of 3 processes, 3 concurrent pairs")
                    .contains("The events of Ada are no chain: they count as 2 lives");
        }
        assertThat(execute("analyze", file("git.log", git(repository, "log", "--all"))))
                .isEqualTo(4);
        assertThat(commands.err()).contains("git log --parents");
    }

    private static void commit(Path repository, String author, String message) throws Exception {
        git(repository, "-c", "user.name=" + author, "commit", "-q", "--allow-empty", "-m", message);
    }

    private static String git(Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=Ada", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
        return said;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int execute(String... arguments) {
        return commands.run(arguments);
    }
}
