package io.antichain.node;

import io.antichain.http.ServerSettings;
import io.antichain.node.http.HttpApi;
import io.antichain.node.journal.FileJournal;
import io.antichain.node.kafka.Journal;
import io.antichain.node.kafka.KafkaNode;
import io.antichain.node.kafka.KafkaNodeSettings;
import io.antichain.node.protocol.ProtocolSettings;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeStartException;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.Gateway;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A running node: one process of the system, with its HTTP API. */
public final class Node implements AutoCloseable {
    private final KafkaNode kafka;
    private final HttpApi http;
    private final PrometheusMeterRegistry metrics;

    private Node(KafkaNode kafka, HttpApi http, PrometheusMeterRegistry metrics) {
        this.kafka = kafka;
        this.http = http;
        this.metrics = metrics;
    }

    /**
     * Starts a node, and returns once its API answers: {@code GET /health/ready} says what it waits for until it publishes.
     * The topics must exist. It takes the process name from any other node that has it.
     *
     * @throws NodeStartException if its port is taken or its journal cannot be written; nothing is left running then
     */
    public static Node start(NodeSettings settings) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            Journal journal = settings.journal()
                    .<Journal>map(file -> new FileJournal(file, lostLines(metrics, settings.process())))
                    .orElse(Journal.NONE);
            KafkaNode kafka = new KafkaNode(kafka(settings), metrics, journal, Clock.systemUTC());
            HttpApi http = listen(settings, kafka, metrics);
            kafka.start();
            return new Node(kafka, http, metrics);
        } catch (NodeStartException | UncheckedIOException e) {
            metrics.close();
            throw e instanceof NodeStartException known ? known : cannotStart(e.getMessage(), e);
        }
    }

    /**
     * Waits until it publishes, however long Kafka and the registry take.
     *
     * @throws NodeStartException if it ended before; nothing is left running then
     */
    public Node awaitReady() {
        try {
            kafka.ready().join();
            return this;
        } catch (CompletionException e) {
            close();
            NodeEnd stopped = new NodeEnd(NodeEnd.Kind.LEFT, "The node was stopped before it was ready");
            throw new NodeStartException(kafka.died().getNow(stopped), e);
        }
    }

    /** The port that the API listens on. */
    public int port() {
        return http.port();
    }

    /** Done, with how, once the node has ended without being told to. */
    public CompletableFuture<NodeEnd> died() {
        return kafka.died();
    }

    /** Finishes what it accepted, and stops; after two seconds it stops without. */
    @Override
    public void close() {
        kafka.close();
        stopAnswering();
    }

    /** Stops at once and says nothing, as if the machine had failed. For tests. */
    public void kill() {
        kafka.kill();
        stopAnswering();
    }

    private void stopAnswering() {
        http.close();
        metrics.close();
    }

    private static HttpApi listen(NodeSettings settings, KafkaNode kafka, PrometheusMeterRegistry metrics) {
        ServerSettings server = new ServerSettings(
                settings.host(), settings.port(), settings.limits().maxBodyBytes(), settings.access());
        try {
            return HttpApi.start(server, settings.times().answerWithin(), kafka, metrics::scrape);
        } catch (RuntimeException e) {
            throw cannotStart(
                    "A node cannot listen on its address: host=" + settings.host() + ", port=" + settings.port()
                            + "; stop the program that listens there, or choose another port",
                    e);
        }
    }

    private static NodeStartException cannotStart(String sentence, Throwable cause) {
        return new NodeStartException(new NodeEnd(NodeEnd.Kind.CANNOT_START, sentence), cause);
    }

    private static Counter lostLines(PrometheusMeterRegistry metrics, String process) {
        return Counter.builder("antichain.node.journal.lost")
                .description("Lines of the journal that could not be written")
                .tag("process", process)
                .register(metrics);
    }

    private static KafkaNodeSettings kafka(NodeSettings settings) {
        StampingRules rules = new StampingRules(
                settings.clocks().kind(),
                settings.clocks().receive(),
                new Gateway(settings.clocks().maxClockWidth(), settings.clocks().maxClockJump()));
        return new KafkaNodeSettings(
                new ProtocolSettings(
                        settings.process(),
                        rules,
                        settings.times().heartbeatEvery().toMillis(),
                        settings.limits().maxHeldBytes(),
                        settings.limits().maxRepeatKeys(),
                        settings.acceptNewTopic()),
                settings.topics(),
                settings.client(),
                settings.limits().queueBound(),
                settings.limits().maxBatch());
    }
}
