package io.antichain.analyzer;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.Map;

/** A broker and a registry that live as long as a test. */
record TestCluster(EmbeddedBroker broker, EmbeddedRegistry registry) implements AutoCloseable {
    static TestCluster start(Path folder) {
        return new TestCluster(
                EmbeddedBroker.start(folder.resolve("broker"), 0),
                EmbeddedRegistry.start(folder.resolve("registry"), 0));
    }

    /** What a client needs to be told. */
    Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
