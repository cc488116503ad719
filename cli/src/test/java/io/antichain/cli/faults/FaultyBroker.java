package io.antichain.cli.faults;

import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker in a program of its own, behind a proxy, which can be killed and started again on the same data; and a registry. */
final class FaultyBroker implements AutoCloseable {
    private final Path folder;
    private final int port = ProgramLives.freePort();
    private final Proxy proxy = new Proxy(port);
    private final EmbeddedRegistry registry;
    private Program broker;

    FaultyBroker(Path folder) {
        this.folder = folder;
        this.registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        start();
    }

    /** What every program needs to be told of it. */
    List<String> flags() {
        return List.of("--bootstrap-server", bootstrap(), "--schema-registry-url", registry.url());
    }

    /** The same, for a client of this JVM, which gets the topics of a prefix created, those that bring others together too. */
    Cluster cluster(String prefix, int eventPartitions) {
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", bootstrap(), "schema.registry.url", registry.url()), new Topics(prefix));
        RuntimeException last = null;
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                new TopicCreation(cluster, eventPartitions, 4, (short) 1).run();
                return cluster;
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw last;
    }

    Proxy proxy() {
        return proxy;
    }

    boolean isUp() {
        return broker.isAlive();
    }

    void start() {
        if (broker == null || !broker.isAlive()) {
            broker = Program.start(
                    List.of(),
                    Program.classPath() + File.pathSeparator + "target/test-classes",
                    BrokerProgram.class.getName(),
                    List.of(folder.resolve("broker").toString(), "" + port, "" + proxy.port()),
                    folder.resolve("broker.log"));
        }
    }

    void kill() {
        broker.kill();
    }

    /** It stands still until it is let go on. */
    void stop() {
        broker.stop();
    }

    void goOn() {
        broker.goOn();
    }

    @Override
    public void close() {
        broker.kill();
        proxy.close();
        registry.close();
    }

    String bootstrap() {
        return "localhost:" + proxy.port();
    }
}
