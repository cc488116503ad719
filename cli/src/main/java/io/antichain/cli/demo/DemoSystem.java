package io.antichain.cli.demo;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.http.NodeDriver;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.cli.scenario.Scenario;
import io.antichain.cli.scenario.ScenarioReport;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import io.antichain.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Broker, registry, four nodes and the analyzer, each as it runs alone, in one JVM. */
public final class DemoSystem implements AutoCloseable {
    /** How long a part may go without progress before the demo gives it up: a busy machine is slow, not broken. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<AutoCloseable> programs = new ArrayList<>();
    private final List<AutoCloseable> infrastructure = new ArrayList<>();
    private final List<CompletableFuture<?>> starts = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final CompletableFuture<String> failed = new CompletableFuture<>();
    private boolean closed;
    private Cluster cluster;
    private volatile Analyzer analyzer;

    private DemoSystem() {}

    /**
     * Starts everything, and returns when all nodes publish. The analyzer may still be joining its group.
     *
     * @param folder keeps the broker's log, the schemas and the analyzer's state
     */
    public static DemoSystem start(DemoPorts ports, Path folder) {
        return start(ports, folder, system -> {});
    }

    /**
     * The same.
     *
     * @param owner is given the system before any of its parts starts, and may close it at any time
     */
    public static DemoSystem start(DemoPorts ports, Path folder, Consumer<AutoCloseable> owner) {
        return start(system -> {
            owner.accept(system);
            system.startInfrastructure(ports, folder);
            system.startPrograms(system.cluster, ports, folder);
            system.cluster = system.cluster.withPatience(PATIENCE);
        });
    }

    /** Starts the topics, nodes and analyzer on a cluster that runs already. */
    public static DemoSystem startOn(Cluster cluster, DemoPorts ports, Path folder) {
        return start(system -> {
            system.cluster = cluster;
            new TopicCreation(cluster, 1, (short) 1).run();
            system.startPrograms(cluster, ports, folder);
        });
    }

    private static DemoSystem start(Consumer<DemoSystem> parts) {
        DemoSystem system = new DemoSystem();
        try {
            parts.accept(system);
            return system;
        } catch (RuntimeException e) {
            system.close();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The cluster, for commands. */
    public Cluster cluster() {
        return cluster;
    }

    /** The addresses of node 1, node 2, …. */
    public List<String> nodeUrls() {
        return nodes.stream().map(node -> "http://localhost:" + node.port()).toList();
    }

    /** The same, once all of them publish. */
    private List<URI> nodeAddresses() {
        return analyzer == null
                ? List.of()
                : nodeUrls().stream().map(URI::create).toList();
    }

    private String run(String name) {
        Scenario scenario = Scenarios.named(name);
        ScenarioRunner runner = new ScenarioRunner(scenario, nodeUrls(), HttpAccess.OPEN, System.nanoTime(), PATIENCE);
        return ScenarioReport.of(scenario, runner.run()).sentence();
    }

    /** The analyzer's address. */
    public String analyzerUrl() {
        return "http://localhost:" + analyzer.port();
    }

    /** Done, with a sentence, once a node or the analyzer has ended without being told to. */
    public CompletableFuture<String> failed() {
        return failed;
    }

    /** Stops all, the programs before what they stand on; what is starting is waited for and then stopped. */
    @Override
    public synchronized void close() {
        List<CompletableFuture<?>> begun;
        synchronized (starts) {
            closed = true;
            begun = List.copyOf(starts);
        }
        begun.forEach(start -> start.exceptionally(failure -> null).join());
        closeAll(programs);
        closeAll(infrastructure);
    }

    private void startInfrastructure(DemoPorts ports, Path folder) {
        CompletableFuture<EmbeddedRegistry> registryStart =
                starting(infrastructure, () -> EmbeddedRegistry.start(folder.resolve("registry"), ports.registry()));
        CompletableFuture<EmbeddedBroker> brokerStart =
                starting(infrastructure, () -> EmbeddedBroker.start(folder.resolve("broker"), ports.broker()));
        join(List.of(registryStart, brokerStart));
        cluster = new Cluster(
                Map.of(
                        "bootstrap.servers",
                        brokerStart.join().bootstrapServers(),
                        "schema.registry.url",
                        registryStart.join().url()),
                new Topics(Topics.DEFAULT_PREFIX));
        new TopicCreation(cluster.withPatience(PATIENCE), 1, (short) 1).run();
    }

    private void startPrograms(Cluster cluster, DemoPorts ports, Path folder) {
        CompletableFuture<Analyzer> analyzerStart = starting(
                programs,
                () -> Analyzer.start(
                        AnalyzerSettings.defaults(cluster.topics(), cluster.client(), folder.resolve("analyzer"))
                                .withPort(ports.analyzer()),
                        new NodeDriver(this::nodeAddresses, Scenarios.sentences(), this::run)));
        List<CompletableFuture<Node>> nodeStarts = new ArrayList<>();
        List<Integer> nodePorts = ports.nodes();
        for (int i = 0; i < nodePorts.size(); i++) {
            NodeSettings settings = NodeSettings.of("node-" + (i + 1), cluster.client())
                    .withTopics(cluster.topics())
                    .listeningOn("127.0.0.1", nodePorts.get(i));
            NodeSettings patient = settings.withTimes(
                    new NodeSettings.Times(PATIENCE, settings.times().heartbeatEvery()));
            nodeStarts.add(starting(programs, () -> Node.start(patient)));
        }
        List<CompletableFuture<?>> starts = new ArrayList<>(nodeStarts);
        starts.add(analyzerStart);
        join(starts);
        nodeStarts.forEach(start -> nodes.add(start.join().awaitReady()));
        analyzer = analyzerStart.join();
        nodes.forEach(node -> node.died().thenAccept(end -> failed.complete(end.sentence())));
        analyzer.failed().thenAccept(failed::complete);
    }

    private <T extends AutoCloseable> CompletableFuture<T> starting(List<AutoCloseable> started, Supplier<T> start) {
        synchronized (starts) {
            if (closed) {
                throw new IllegalStateException("The demo was stopped before it had started");
            }
            CompletableFuture<T> starting = CompletableFuture.supplyAsync(
                    () -> {
                        T program = start.get();
                        synchronized (started) {
                            started.add(program);
                        }
                        return program;
                    },
                    DemoSystem::onThread);
            starts.add(starting);
            return starting;
        }
    }

    /** Waits for all, also when one has failed, so that nothing is still starting when all is closed. */
    private static void join(List<CompletableFuture<?>> starts) {
        starts.forEach(start -> start.exceptionally(failure -> null).join());
        starts.forEach(CompletableFuture::join);
    }

    private static void closeAll(List<AutoCloseable> closeables) {
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        synchronized (closeables) {
            closeables.forEach(
                    closeable -> closing.add(CompletableFuture.runAsync(() -> close(closeable), DemoSystem::onThread)));
            closeables.clear();
        }
        closing.forEach(CompletableFuture::join);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(DemoSystem.class).warn("Could not stop in order", e);
        }
    }

    private static void onThread(Runnable task) {
        Thread thread = new Thread(task, "antichain-demo");
        thread.setDaemon(true);
        thread.start();
    }
}
