package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingStartTest {
    @TempDir
    private Path folder;

    @Test
    void anAnalyzerWaitsForABrokerThatIsAwayAndStartsWhenItIsThere() throws Exception {
        Topics topics = new Topics("waiting.");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            Map<String, Object> client;
            try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
                client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
                new TestLog(client, topics).create(1);
            }
            String servers = client.get("bootstrap.servers").toString();
            AnalyzerSettings settings = AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                    .withPort(0);
            CompletableFuture<Analyzer> starting = CompletableFuture.supplyAsync(() -> Analyzer.start(settings));
            TimeUnit.SECONDS.sleep(12); // longer than one attempt to reach the broker
            assertThat(starting).as("nobody answers at %s", servers).isNotDone();
            int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
            try (EmbeddedBroker back = EmbeddedBroker.start(folder.resolve("broker"), port);
                    Analyzer analyzer = starting.get(5, TimeUnit.MINUTES)) {
                await().atMost(Duration.ofMinutes(5)).until(analyzer::ready);
                assertThat(analyzer.failed()).isNotDone();
                assertThat(back.bootstrapServers()).isEqualTo(servers);
            }
        }
    }
}
