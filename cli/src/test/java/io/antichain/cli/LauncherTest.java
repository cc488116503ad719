package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code antichain} in a fresh clone, with a Maven and a Java that write down what they are asked for. */
@Timeout(600)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "antichain");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            echo "mvn $*" >>"$CALLS"
            if [ -n "${EDITED_MEANWHILE:-}" ]; then sleep 1; touch cli/src/main/New.java; fi
            if [ -n "${MAVEN_FAILS:-}" ]; then echo '[ERROR] no such symbol'; exit 1; fi
            echo '[INFO] Building Antichain clocks 0.1.0-SNAPSHOT    [2/7]'
            mkdir -p cli/target/lib
            touch cli/target/antichain-cli-0.1.0.jar
            """;
    private static final String JAVA =
            """
            #!/usr/bin/env bash
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit 0; fi
            echo "java $* data=${ANTICHAIN_DATA:-}" >>"$CALLS"
            for argument; do
              case $argument in -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}"; exit 0 ;; esac
            done
            echo answer
            exit 7
            """;

    @TempDir
    private Path folder;

    private Path clone;
    private String out;
    private String err;

    @BeforeEach
    void makeClone() throws IOException {
        clone = Files.createDirectories(folder.resolve("clone"));
        Files.copy(LAUNCHER, clone.resolve("antichain"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.writeString(Files.createDirectories(clone.resolve("cli")).resolve("pom.xml"), "<project/>");
        Files.createDirectories(clone.resolve("cli/src/main"));
        Files.createDirectories(folder.resolve("jdk/bin"));
        executable("antichain", null);
        executable("../jdk/bin/mvn", MAVEN);
        executable("../jdk/bin/java", JAVA);
        executable("../jdk/bin/javac", "");
    }

    @Test
    void aFreshCloneIsBuiltWithWhatAUserNeedsAndSaysSoInOneLine() throws Exception {
        assertThat(launch("conflicts", "--last", "1")).isEqualTo(7);
        assertThat(out).isEqualTo("answer\n");
        assertThat(err).hasLineCount(1).startsWith("antichain: building");
        List<String> calls = calls();
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0))
                .contains("-pl cli -am", "-Dquick", "-Dmaven.test.skip=true")
                .endsWith(" package");
        assertThat(calls.get(1)).contains("io.antichain.cli.Antichain conflicts --last 1");
    }

    @Test
    void aBuildThatIsThereIsUsed() throws Exception {
        launch("--help");
        launch("--help");
        assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(1);
        assertThat(err).isEmpty();
    }

    @Test
    void aBuildOlderThanTheSourcesIsMadeAnew() throws Exception {
        launch("--help");
        Path source = Files.writeString(clone.resolve("cli/src/main/New.java"), "");
        // Clocks of file systems are coarse; two files written one after the other can bear the same time.
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        launch("--help");
        assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(2);
    }

    @Test
    void sourcesThatAreEditedDuringABuildAreBuiltByTheNext() throws Exception {
        launch(Map.of("EDITED_MEANWHILE", "1"), "--help");
        launch("--help");
        assertThat(calls()).filteredOn(call -> call.startsWith("mvn")).hasSize(2);
    }

    @Test
    void aBuildThatFailsIsToldOfWithItsErrors() throws Exception {
        assertThat(launch(Map.of("MAVEN_FAILS", "1"), "demo")).isEqualTo(3);
        assertThat(err).contains("[ERROR] no such symbol", "antichain: The build failed: log=");
        assertThat(calls()).noneMatch(call -> call.startsWith("java"));
    }

    @Test
    void theArchiveIsMadeAfterTheFirstAnswerWithoutAWord() throws Exception {
        Path archive = clone.resolve("cli/target/launcher.jsa");
        assertThat(launch(Map.of("ANTICHAIN_DATA", "/theirs"), "demo", "--exit"))
                .isEqualTo(7);
        assertThat(out).isEqualTo("answer\n");
        assertThat(err).hasLineCount(1);
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(archive) && !archiving());

        List<String> calls = calls();
        assertThat(calls).hasSize(3);
        assertThat(calls.get(1)).contains("Antichain demo --exit data=/theirs").doesNotContain("Archive");
        assertThat(calls.get(2))
                .contains("-XX:ArchiveClassesAtExit=", "--broker-port 0")
                .endsWith("data=");
        launch("demo", "--exit");
        assertThat(calls()).hasSize(4);
        assertThat(calls().get(3)).contains("-XX:SharedArchiveFile=" + archive.toRealPath());
    }

    @Test
    void commandsThatEndAtOnceMakeNoArchive() throws Exception {
        launch("--help");
        launch("explain", "a:1", "b:1");
        assertThat(archiving()).isFalse();
        assertThat(calls()).hasSize(3).noneMatch(call -> call.contains("Archive"));
    }

    private boolean archiving() {
        return Files.exists(clone.resolve("cli/target/launcher.archiving"));
    }

    private int launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private int launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(List.of(clone.resolve("antichain").toString()));
        command.addAll(List.of(arguments));
        Path outFile = folder.resolve("out");
        Path errFile = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(outFile.toFile()).redirectError(errFile.toFile());
        Path jdk = folder.resolve("jdk");
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTICHAIN_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().merge("PATH", jdk.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        out = Files.readString(outFile);
        err = Files.readString(errFile);
        return code;
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private void executable(String name, String text) {
        try {
            Path file = clone.resolve(name);
            if (text != null) {
                Files.writeString(file, text);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
