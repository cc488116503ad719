package io.antichain.node;

import io.antichain.node.http.HttpApi;
import io.antichain.node.http.HttpSettings;
import io.antichain.node.journal.FileJournal;
import io.antichain.node.kafka.Journal;
import io.antichain.node.kafka.KafkaNode;
import io.antichain.node.kafka.KafkaNodeSettings;
import io.antichain.node.protocol.ProtocolSettings;
import io.antichain.node.request.NodeStartException;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.Gateway;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

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
     * Starts a node, and returns once its API answers and it publishes. The topics must exist. It takes the process name
     * from any other node that has it.
     *
     * @throws NodeStartException if its port is taken, or if Kafka or the registry does not do its part within
     *     {@link NodeSettings.Times#startWithin}; nothing is left running then
     */
    public static Node start(NodeSettings settings) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Journal journal = settings.journal().<Journal>map(FileJournal::new).orElse(Journal.NONE);
        KafkaNode kafka = new KafkaNode(kafka(settings), metrics, journal, Clock.systemUTC());
        HttpApi http = listen(settings, kafka, metrics);
        try {
            kafka.start(settings.times().startWithin());
            return new Node(kafka, http, metrics);
        } catch (NodeStartException e) {
            http.close();
            metrics.close();
            throw e;
        }
    }

    /** The port that the API listens on. */
    public int port() {
        return http.port();
    }

    /** Done, with the exit code for the program, once the node has ended without being told to: 3 if it was fenced. */
    public CompletableFuture<Integer> died() {
        return kafka.died();
    }

    /** Finishes what it accepted, says in every partition that it leaves, and stops; after two seconds it stops without. */
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
        HttpSettings http = new HttpSettings(
                settings.host(),
                settings.port(),
                settings.limits().maxBodyBytes(),
                settings.times().answerWithin());
        try {
            return HttpApi.start(http, kafka, metrics::scrape);
        } catch (RuntimeException e) {
            metrics.close();
            throw new NodeStartException(
                    "A node's address must be free: host=" + settings.host() + ", port=" + settings.port()
                            + "; stop the program that listens there, or choose another port",
                    e);
        }
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
                        settings.limits().maxHeld(),
                        settings.limits().maxRepeatKeys()),
                settings.topics(),
                settings.client(),
                settings.limits().queueBound(),
                settings.limits().maxBatch());
    }
}
