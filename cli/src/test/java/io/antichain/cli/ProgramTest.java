package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program in a JVM of its own: what locale, environment, pipes and terminals do to it. */
@Timeout(900)
class ProgramTest {
    private static final String LOG = "src/test/resources/logs/";
    private static final List<String> COMMANDS = List.of(
            "demo",
            "init",
            "node",
            "analyzer",
            "scenario",
            "status",
            "event",
            "conflicts",
            "explain",
            "verify",
            "analyze",
            "replay",
            "doctor");

    @TempDir
    private Path folder;

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

    @Test
    void everyCommandHelpsAndRefusesInEveryLocaleWithoutATerminal() throws Exception {
        for (String command : COMMANDS) {
            assertThat(run(Map.of("LC_ALL", "C"), command, "--help"))
                    .as(command)
                    .isZero();
            assertThat(out)
                    .as(command)
                    .startsWith("Usage: antichain " + command)
                    .doesNotContain("\u001b");
        }
        assertThat(run(Map.of("LC_ALL", "C"), "analyze", "--no-such-flag")).isEqualTo(2);
        assertThat(err).doesNotContain("\tat ");
    }

    private int run(Map<String, String> environment, String... arguments) throws Exception {
        return start(environment, program(arguments), "");
    }

    private static List<String> program(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.antichain.cli.Antichain");
        command.addAll(List.of(arguments));
        return command;
    }

    private int start(Map<String, String> environment, List<String> command, String input) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(input).isEmpty();
        }
        out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        err = errors.join();
        return process.waitFor();
    }
}
