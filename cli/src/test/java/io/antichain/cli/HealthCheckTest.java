package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker's health check of the compose file, which speaks Kafka's protocol without a JVM. */
@Timeout(300)
class HealthCheckTest {
    @TempDir
    private Path folder;

    @Test
    void aBrokerThatAnswersIsHealthyAndNothingElseIs() throws Exception {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
            assertThat(check(port)).isZero();
        }
        assertThat(check(port)).isNotZero();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            assertThat(check(Integer.parseInt(registry.url().replaceFirst(".*:", ""))))
                    .isNotZero();
        }
    }

    @Test
    void oneThatIsSilentIsCutOffByTheTimeoutOfTheCheck() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Process check = start("timeout", "1", "bash", "../docker/broker/ready", "" + silent.getLocalPort());

            assertThat(check.waitFor()).isNotZero();
        }
    }

    private static int check(int port) throws IOException, InterruptedException {
        return start("timeout", "30", "bash", "../docker/broker/ready", "" + port)
                .waitFor();
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).start();
    }
}
