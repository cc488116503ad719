package io.antichain.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SurvivesKillTest {

    @TempDir
    Path folder;

    @Test
    void everythingAcknowledgedIsThereAfterAKill() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProgram.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int id;
        try (BufferedReader addresses = program.inputReader()) {
            OutsideClient client = new OutsideClient(addresses.readLine());
            RegistryCalls calls = new RegistryCalls(addresses.readLine());
            client.createTopic("letters");
            client.produceInTransactions("letters", "aborted", "kept");
            id = calls.register("letters-value", "\"string\"");
        } finally {
            program.destroyForcibly();
            assertThat(program.waitFor(5, TimeUnit.MINUTES)).isTrue();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            assertThat(new OutsideClient(broker.bootstrapServers()).consume("letters", 1))
                    .containsExactly("kept");
            assertThat(new RegistryCalls(registry.url())
                            .get("/schemas/ids/" + id)
                            .json()
                            .get("schema")
                            .asText())
                    .isEqualTo("\"string\"");
        }
    }
}
