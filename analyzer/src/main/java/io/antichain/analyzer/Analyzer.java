package io.antichain.analyzer;

import io.antichain.analyzer.http.AnalyzerServer;
import io.antichain.analyzer.topology.OrderStream;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running analyzer: the stream that finds conflicts, and the server that tells how it is. */
public final class Analyzer implements AutoCloseable {
    private final OrderStream stream;
    private final AnalyzerServer server;
    private final PrometheusMeterRegistry meters;

    private Analyzer(OrderStream stream, AnalyzerServer server, PrometheusMeterRegistry meters) {
        this.stream = stream;
        this.server = server;
        this.meters = meters;
    }

    /**
     * Starts an analyzer. It reads as soon as its consumer group lets it; {@link #ready} tells.
     *
     * @throws StartRefusedException if no broker answers, or the events topic does not exist or does not suit the scope
     */
    public static Analyzer start(AnalyzerSettings settings) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompletableFuture<OrderStream> running = new CompletableFuture<>();
        // The port first: a second analyzer by mistake must not take the group from the first before it finds the port
        // taken.
        AnalyzerServer server = AnalyzerServer.start(settings, () -> unreadyBecause(running), meters::scrape);
        try {
            OrderStream stream = OrderStream.start(settings, meters);
            running.complete(stream);
            return new Analyzer(stream, server, meters);
        } catch (RuntimeException e) {
            server.close();
            meters.close();
            throw e;
        }
    }

    private static Optional<String> unreadyBecause(CompletableFuture<OrderStream> running) {
        return running.isDone() ? running.join().unreadyBecause() : Optional.of("The analyzer is starting");
    }

    /** Whether it reads the events topic and the registry answers. */
    public boolean ready() {
        return stream.unreadyBecause().isEmpty();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Completed, with a sentence, when the stream has stopped for good by itself. */
    public CompletableFuture<String> failed() {
        return stream.failed();
    }

    /** Commits, leaves the consumer group and stops; at most 2 s. */
    @Override
    public void close() {
        server.close();
        stream.close(Duration.ofSeconds(2));
        meters.close();
    }
}
