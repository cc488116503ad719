package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a program of its own: what it says last, and how Ctrl-C ends it. */
@Timeout(900)
class DemoProgramTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Three seconds are promised of a machine that has nothing else to do; a halt in time is what is tested. */
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Process demo;

    @AfterEach
    void kill() throws InterruptedException {
        demo.destroyForcibly().waitFor();
    }

    @Test
    void theLastLineIsThePagesAddressAndCtrlCEndsItWith130AndAWord() throws Exception {
        start("--scenario", "async");
        awaitLine("  curl ");
        List<String> said = awaitLine("To see the events and their conflicts, open http://localhost:");
        assertThat(said.get(said.size() - 1))
                .matches("To see the events and their conflicts, open http://localhost:\\d+");

        interrupt();
        assertThat(demo.waitFor(GENEROUS.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(130);
        List<String> after = said();
        assertThat(after.subList(said.size(), after.size())).hasSize(2).startsWith("Stopping …");
        assertThat(after.get(after.size() - 1)).startsWith("Stopped");
    }

    @Test
    void ctrlCWhileItStartsEndsItLikewise() throws Exception {
        start("--scenario", "async");
        awaitLine("Starting a broker");
        // The broker has begun to write, so that its start is under way.
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(data().resolve("broker")));

        interrupt();
        assertThat(demo.waitFor(GENEROUS.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(130);
        assertThat(said()).contains("Stopping …").noneMatch(line -> line.startsWith("\tat "));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void start(String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Antichain.class.getName(),
                "demo",
                "--data",
                data().toString()));
        List.of("--broker-port", "--registry-port", "--first-node-port", "--analyzer-port")
                .forEach(port -> command.addAll(List.of(port, "0")));
        command.addAll(List.of(flags));
        demo = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** As Ctrl-C does it. */
    private void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
    }

    private List<String> awaitLine(String start) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !demo.isAlive() || said().stream().anyMatch(line -> line.startsWith(start)));
        assertThat(said()).anyMatch(line -> line.startsWith(start));
        return said();
    }

    private List<String> said() {
        try {
            return Files.readString(folder.resolve("err")).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
