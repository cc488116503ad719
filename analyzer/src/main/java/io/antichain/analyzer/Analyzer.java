package io.antichain.analyzer;

import io.antichain.analyzer.feed.ReaderFeed;
import io.antichain.analyzer.http.AnalyzerServer;
import io.antichain.analyzer.http.AnalyzerStatus;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.stream.OrderStream;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** A running analyzer: the stream that finds conflicts, the reader that remembers, and the server that answers. */
public final class Analyzer implements AutoCloseable {
    private final OrderStream stream;
    private final ReaderFeed reader;
    private final AnalyzerServer server;
    private final AnalyzerStatus status;
    private final PrometheusMeterRegistry meters;

    private Analyzer(
            OrderStream stream,
            ReaderFeed reader,
            AnalyzerServer server,
            AnalyzerStatus status,
            PrometheusMeterRegistry meters) {
        this.stream = stream;
        this.reader = reader;
        this.status = status;
        this.server = server;
        this.meters = meters;
    }

    /**
     * Starts an analyzer. It reads as soon as its consumer group lets it; {@link #ready} tells.
     *
     * @throws StartRefusedException if the events topic does not exist or does not suit the scope, or for what does not pass
     *     by itself; for a broker that does not answer it waits
     */
    public static Analyzer start(AnalyzerSettings settings) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompletableFuture<OrderStream> running = new CompletableFuture<>();
        AtomicReference<String> waitingFor = new AtomicReference<>("The analyzer is starting");
        SharedView view = new SharedView(new View(settings.limits().reader()));
        AnalyzerStatus status = new AnalyzerStatus(
                settings.scope(),
                Instant.now(),
                () -> unreadyBecause(running, waitingFor, view),
                () -> running.isDone() ? running.join().lag() : 0,
                () -> running.isDone() ? running.join().engines() : new TreeMap<>(),
                () -> running.isDone() ? running.join().sources() : new TreeMap<>(),
                meters::scrape);
        Gauge.builder(
                        "antichain.analyzer.ready",
                        () -> status.unreadyBecause().get().isEmpty() ? 1 : 0)
                .description("1 while it reads and the registry answers, and the history is read, else 0")
                .register(meters);
        // Both take a second of a cold JVM, so they are made at once.
        CompletableFuture<OrderStream> preparing = CompletableFuture.supplyAsync(
                () -> OrderStream.prepare(settings, meters, waitingFor::set),
                command -> new Thread(command, "antichain-start").start());
        try {
            AnalyzerServer server = AnalyzerServer.start(settings, status, view);
            try {
                OrderStream stream = prepared(preparing);
                // The port first: a second analyzer by mistake must not take the group from the first before it finds
                // the port taken.
                stream.start();
                running.complete(stream);
                return new Analyzer(
                        stream,
                        ReaderFeed.start(settings, view, stream::hasBegun, stream::lag),
                        server,
                        status,
                        meters);
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (RuntimeException e) {
            preparing.thenAccept(stream -> stream.close(Duration.ZERO));
            meters.close();
            throw e;
        }
    }

    private static OrderStream prepared(CompletableFuture<OrderStream> preparing) {
        try {
            return preparing.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Optional<String> unreadyBecause(
            CompletableFuture<OrderStream> running, AtomicReference<String> waitingFor, SharedView view) {
        return running.isDone()
                ? running.join().unreadyBecause().or(() -> view.ask(View::figures)
                        .reading())
                : Optional.of(waitingFor.get());
    }

    /** Whether it reads the events topic, the registry answers, and the history is read. */
    public boolean ready() {
        return status.unreadyBecause().get().isEmpty();
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
        reader.close();
        stream.close(Duration.ofSeconds(2));
        meters.close();
    }
}
