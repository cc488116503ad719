package io.antichain.cli.demo;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.antichain.cli.kafka.Cluster;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The main job over the broker of the public image, in a container. */
class ContainerTest {
    @TempDir
    private Path folder;

    @Test
    void everyScenarioGivesTheConflictsThatItExpectsOverAContainersBroker() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println("SKIPPED: no Docker answers, so the main job was not run over apache/kafka:4.3.1");
        }
        assumeThat(docker).as("a Docker engine answers").isTrue();
        // As root, because an image assembled from read-only files cannot rewrite its own configuration otherwise.
        try (KafkaContainer kafka = new KafkaContainer("apache/kafka:4.3.1")
                        .withCreateContainerCmdModifier(command -> command.withUser("root"));
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            kafka.start();
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", kafka.getBootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics(Topics.DEFAULT_PREFIX));
            try (DemoSystem system = DemoSystem.startOn(cluster, DemoPorts.free(), folder)) {
                MainJob.run(system, "sync");
                MainJob.run(system, "async");
                MainJob.run(system, "between-syncs");
                MainJob.run(system, "partition");
            }
        }
    }
}
