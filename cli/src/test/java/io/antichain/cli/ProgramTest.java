package io.antichain.cli;

import static io.antichain.cli.ProgramRuns.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own: what locale, environment, pipes and terminals do to it. */
@Timeout(900)
class ProgramTest {
    private static final String LOG = "src/test/resources/logs/";

    @TempDir
    private Path folder;

    private final ProgramRuns runs = new ProgramRuns();
    private String out;
    private String err;

    @Test
    void outputIsUtf8WhateverTheLocale() throws Exception {
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C"), Map.of("LANG", "", "LC_ALL", ""))) {
            assertThat(run(locale, "analyze", LOG + "e08g-two-hosts.log", "--export", "ndjson"))
                    .isZero();
            assertThat(out.lines()
                            .map(line -> line.replaceAll(",\"clock.*", ""))
                            .toList())
                    .containsExactly("{\"process\":\"ü\",\"counter\":1", "{\"process\":\"ö\",\"counter\":1");
            assertThat(err).contains("2 events of 2 processes, 1 concurrent pair");
        }
    }

    @Test
    void argumentsAreUtf8WhateverTheLocale() throws Exception {
        Path stub = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(
                stub,
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; exit 0; fi\necho $LC_ALL\n");
        assertThat(stub.toFile().setExecutable(true)).isTrue();
        Path clone = Files.createDirectories(folder.resolve("clone"));
        Files.copy(Path.of("..", "antichain"), clone.resolve("antichain"));
        Files.createDirectories(clone.resolve("cli/target/lib"));
        Files.writeString(clone.resolve("cli/target/antichain-cli-1.jar"), "");
        for (String module : List.of("pom.xml", "cli/pom.xml", "cli/src/main/x")) {
            Files.createDirectories(clone.resolve(module).getParent());
            Files.writeString(clone.resolve(module), "");
        }
        Files.writeString(clone.resolve("cli/target/launcher.built"), "");
        Map<String, String> java = Map.of("JAVA_HOME", folder.toString(), "LC_ALL", "C");
        assertThat(start(java, List.of(clone.resolve("antichain").toString(), "--help"), ""))
                .isZero();
        assertThat(out).isEqualTo("C.UTF-8\n");
        java = Map.of("JAVA_HOME", folder.toString(), "LC_ALL", "de_DE.UTF-8");
        assertThat(start(java, List.of(clone.resolve("antichain").toString(), "--help"), ""))
                .isZero();
        assertThat(out).isEqualTo("de_DE.UTF-8\n");
    }

    @Test
    void variablesOfOtherProgramsAreLeftAloneAndBadOnesNamed() throws Exception {
        String log = LOG + "a08-akka.log";
        assertThat(run(
                        Map.of("ANTICHAIN_VERSION", "1.2.3", "ANTICHAIN_HELP", "x", "ANTICHAIN_LIMIT", " "),
                        "analyze",
                        log))
                .as(() -> err)
                .isZero();
        assertThat(out).contains("1 concurrent pair");
        assertThat(run(Map.of("ANTICHAIN_PORT", "tcp://10.1.2.3:8080"), "analyzer"))
                .isEqualTo(2);
        assertThat(err).contains("the environment has ANTICHAIN_PORT=tcp://10.1.2.3:8080: correct it or unset it");
        assertThat(run(Map.of("ANTICHAIN_LIMIT", "ten"), "analyze", log)).isEqualTo(2);
        assertThat(err).contains("the environment has ANTICHAIN_LIMIT=ten: correct it or unset it");
        assertThat(run(Map.of("ANTICHAIN_LIMIT", "ten"), "analyze", "--limit", "eleven", log))
                .isEqualTo(2);
        assertThat(err).contains("eleven").doesNotContain("ANTICHAIN_LIMIT");
    }

    @Test
    void controlCharactersOfDataAreShown() throws Exception {
        assertThat(run(Map.of(), "analyze", LOG + "e06c-label.log", "--delimiter", "^=== (?<trace>.*) ===$"))
                .isZero();
        assertThat(out)
                .startsWith("a\\u001b]0;owned\\u0007\\u001b[2Jb: 1 event of 1 process")
                .doesNotContain("\u001b");
        assertThat(run(Map.of(), "analyze", LOG + "e06c-label.log", "--execution", "x\u001b[2J"))
                .isEqualTo(2);
        assertThat(err).contains("execution=x\\u001b[2J").doesNotContain("\u001b");
        assertThat(run(Map.of(), "analyze", "--no\u001bsuch")).isEqualTo(2);
        assertThat(err).doesNotContain("\u001b");
        Path file = Files.writeString(folder.resolve("esc.log"), "a\u001b[2J\u009b\nn1 {\"n1\":1}\n");
        for (String format : List.of("shiviz", "ndjson", "dot")) {
            assertThat(run(Map.of(), "analyze", file.toString(), "--export", format))
                    .isZero();
            assertThat(out).as(format).contains("[2J").doesNotContain("\u001b", "\u009b");
            assertThat(out.contains("\\u001b[2J") || out.contains("\\u001B[2J"))
                    .as(format)
                    .isEqualTo(!format.equals("dot"));
        }
    }

    @Test
    void logsComeThroughPipesToo() throws Exception {
        String log = Files.readString(Path.of(LOG + "a08-akka.log"));
        for (String input : List.of("-", "/dev/stdin")) {
            assertThat(start(Map.of(), program("analyze", input), log))
                    .as(input)
                    .isZero();
            assertThat(out).as(input).contains("stdin: 3 events of 2 processes, 1 concurrent pair");
        }
        String command = String.join(" ", program("analyze")) + " <(cat " + LOG + "a08-akka.log)";
        assertThat(start(Map.of(), List.of("bash", "-c", command), ""))
                .as(() -> err)
                .isZero();
        assertThat(out).contains("3 events of 2 processes, 1 concurrent pair");
        command = String.join(" ", program("conflicts", "--command-config"))
                + " <(printf '\\xef\\xbb\\xbfbootstrap.servers=localhost:1\\nschema.registry.url=http://a_b:1\\n')";
        assertThat(start(Map.of(), List.of("bash", "-c", command), "")).isEqualTo(3);
        assertThat(err).contains("bootstrap-server=localhost:1");
        command = String.join(" ", program("scenario")) + " <(printf 'rubbish\\n')";
        assertThat(start(Map.of(), List.of("bash", "-c", command), "")).isEqualTo(4);
        assertThat(err).doesNotContain("cannot be read");
    }

    @Test
    void windowsLineEndsChangeNothing() throws Exception {
        for (String log : List.of(
                "a08-akka.log", "a10-govector-header.log", "a07-escaped-clock.log", "a13-array-clocks.ndjson")) {
            assertThat(run(Map.of(), "analyze", LOG + log)).isZero();
            String expected = out;
            for (String end : List.of("\r\n", "\r")) {
                Path file = Files.writeString(
                        folder.resolve(log),
                        Files.readString(Path.of(LOG + log)).replace("\n", end));
                assertThat(run(Map.of(), "analyze", file.toString())).as(log).isZero();
                assertThat(out).as(log).isEqualTo(expected);
            }
        }
    }

    @Test
    void aClosedStdoutEndsTheProgramWithoutAStackTrace() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 1; i <= 50_000; i++) {
            many.append("x\na {\"a\":").append(i).append("}\n");
        }
        Path file = Files.writeString(folder.resolve("many.log"), many);
        String command = String.join(" ", program("analyze", file.toString(), "--export", "ndjson"));
        assertThat(start(Map.of(), List.of("bash", "-c", command + " | head -1; echo ${PIPESTATUS[0]}"), ""))
                .isZero();
        assertThat(out.lines().toList()).hasSize(2).last().isEqualTo("141");
        assertThat(err).doesNotContain("\tat ");
    }

    private int run(Map<String, String> environment, String... arguments) throws Exception {
        return start(environment, program(arguments), "");
    }

    private int start(Map<String, String> environment, List<String> command, String input) throws Exception {
        int exit = runs.start(environment, command, input);
        out = runs.out();
        err = runs.err();
        return exit;
    }
}
