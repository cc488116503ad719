package io.antichain.cli.faults;

import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A broker behind a proxy, a registry, nodes and an analyzer, each node, the broker and the analyzer in a program of its own. */
final class FaultySystem implements AutoCloseable {
    private final Path folder;
    private final String classPath = Program.classPath();
    private final int brokerPort = NodeSlot.freePort();
    private final Proxy proxy = new Proxy(brokerPort);
    private final EmbeddedRegistry registry;
    private final Cluster cluster;
    private final List<NodeSlot> slots;
    private final List<String> flags;
    private Program broker;
    private Program analyzer;
    private int analyzerStarts;

    FaultySystem(Path folder, int nodes) {
        this.folder = folder;
        this.registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        startBroker();
        String bootstrap = "localhost:" + proxy.port();
        this.cluster = new Cluster(
                Map.of("bootstrap.servers", bootstrap, "schema.registry.url", registry.url()),
                new Topics(Topics.DEFAULT_PREFIX));
        createTopics();
        this.flags = List.of("--bootstrap-server", bootstrap, "--schema-registry-url", registry.url());
        List<String> options = archiveClasses();
        this.slots = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> new NodeSlot("node-" + number, options, classPath, flags, folder))
                .toList();
        slots.forEach(NodeSlot::start);
        keepAnalyzer();
    }

    Cluster cluster() {
        return cluster;
    }

    List<NodeSlot> slots() {
        return slots;
    }

    Proxy proxy() {
        return proxy;
    }

    boolean brokerIsUp() {
        return broker.isAlive();
    }

    void startBroker() {
        if (broker == null || !broker.isAlive()) {
            broker = Program.start(
                    List.of(),
                    classPath + File.pathSeparator + "target/test-classes",
                    BrokerProgram.class.getName(),
                    List.of(folder.resolve("broker").toString(), "" + brokerPort, "" + proxy.port()),
                    folder.resolve("broker.log"));
        }
    }

    void stopBroker(boolean hard) {
        if (hard) {
            broker.kill();
            return;
        }
        broker.terminate();
        try {
            if (!broker.endsWithin(10_000)) {
                broker.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the analyzer where it does not run: it ends where the broker is away for too long. */
    void keepAnalyzer() {
        if (analyzer == null || !analyzer.isAlive()) {
            List<String> arguments = new ArrayList<>(List.of("analyzer", "--port", "" + NodeSlot.freePort()));
            arguments.addAll(flags);
            arguments.addAll(List.of("--state-dir", folder.resolve("analyzer").toString()));
            analyzer = Program.start(
                    List.of(), classPath, "io.antichain.cli.Antichain", arguments, folder.resolve("analyzer.log"));
            analyzerStarts++;
        }
    }

    int analyzerStarts() {
        return analyzerStarts;
    }

    /** Every node delivers everything, then leaves. */
    void leave() throws InterruptedException {
        for (NodeSlot slot : slots) {
            slot.current().sync();
        }
        for (NodeSlot slot : slots) {
            slot.current().program().terminate();
        }
        for (NodeSlot slot : slots) {
            slot.current().program().endsWithin(10_000);
        }
    }

    @Override
    public void close() {
        slots.forEach(slot -> slot.lives().forEach(life -> life.program().kill()));
        analyzer.kill();
        broker.kill();
        proxy.close();
        registry.close();
    }

    /** Lets one node live for a moment and archive its classes: those after it start in half of the processor's time. */
    private List<String> archiveClasses() {
        Path archive = folder.resolve("classes.jsa");
        NodeSlot pattern =
                new NodeSlot("pattern", List.of("-XX:ArchiveClassesAtExit=" + archive), classPath, flags, folder);
        NodeSlot.Life life = pattern.start();
        try {
            for (int look = 0; look < 600 && !life.isReady() && life.program().isAlive(); look++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            life.program().terminate();
            life.program().endsWithin(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            life.program().kill();
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private void createTopics() {
        RuntimeException last = null;
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                new TopicCreation(cluster, 1, (short) 1).run();
                return;
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw last;
    }
}
