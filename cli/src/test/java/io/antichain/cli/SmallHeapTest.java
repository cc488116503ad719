package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that the heap is too small for, in a JVM of its own. */
@Timeout(600)
class SmallHeapTest {
    @Test
    void aHeapThatDoesNotSufficeIsNamedWithTheSettingToChange(@TempDir Path folder) throws Exception {
        String events = IntStream.rangeClosed(1, 200_000)
                .mapToObj(counter -> "{\"process\":\"a\",\"clock\":{\"a\":" + counter + "}}\n")
                .collect(Collectors.joining());
        Path log = Files.writeString(folder.resolve("log.ndjson"), events);
        ProgramRuns runs = new ProgramRuns();

        int exitCode = runs.run(Map.of("JAVA_TOOL_OPTIONS", "-Xmx24m"), "analyze", log.toString());

        assertThat(runs.err())
                .contains("antichain: The heap is too small for this: heap=", " MiB; ", "-Xmx", "ANTICHAIN_JAVA_OPTS")
                .doesNotContain("\tat ");
        assertThat(exitCode).isEqualTo(70);
        assertThat(runs.out()).isEmpty();
    }
}
