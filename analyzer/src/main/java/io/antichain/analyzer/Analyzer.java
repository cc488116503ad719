package io.antichain.analyzer;

import io.antichain.analyzer.feed.ReaderFeed;
import io.antichain.analyzer.http.AnalyzerServer;
import io.antichain.analyzer.http.AnalyzerStatus;
import io.antichain.analyzer.http.NodeDriver;
import io.antichain.analyzer.log.OpenTransaction;
import io.antichain.analyzer.log.TransactionWatch;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.stream.OrderStream;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** A running analyzer: the stream that finds conflicts, the reader that remembers, and the server that answers. */
public final class Analyzer implements AutoCloseable {
    private final Reading reading;
    private final ReaderFeed reader;
    private final AnalyzerServer server;
    private final AnalyzerStatus status;
    private final PrometheusMeterRegistry meters;

    /** What reads, and what tells why nothing comes. */
    private record Reading(OrderStream stream, TransactionWatch transactions) {}

    private Analyzer(
            Reading reading,
            ReaderFeed reader,
            AnalyzerServer server,
            AnalyzerStatus status,
            PrometheusMeterRegistry meters) {
        this.reading = reading;
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
        return start(settings, NodeDriver.NONE);
    }

    /**
     * The same beside nodes.
     *
     * @param driver what the page's buttons do with them
     */
    public static Analyzer start(AnalyzerSettings settings, NodeDriver driver) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CompletableFuture<Reading> running = new CompletableFuture<>();
        AtomicReference<String> waitingFor = new AtomicReference<>("The analyzer is starting");
        SharedView view = new SharedView(new View(settings.limits().reader()));
        AnalyzerStatus status = new AnalyzerStatus(
                settings.scope(),
                settings.where().written(),
                Instant.now(),
                () -> unreadyBecause(running, waitingFor, view),
                () -> running.isDone() ? running.join().stream().lag() : 0,
                () -> standing(running),
                () -> running.isDone() ? running.join().stream().engines() : new TreeMap<>(),
                () -> running.isDone() ? running.join().stream().sources() : new TreeMap<>(),
                meters::scrape);
        Gauge.builder(
                        "antichain.analyzer.ready",
                        () -> status.unreadyBecause().get().isEmpty() ? 1 : 0)
                .description(
                        "1 while it reads, the registry answers, no open transaction holds a topic, and the history"
                                + " is read, else 0")
                .register(meters);
        Gauge.builder("antichain.analyzer.open.transactions", () -> standing(running)
                        .size())
                .description("Partitions of its topics that an open transaction has held for at least 4 s")
                .register(meters);
        Gauge.builder("antichain.analyzer.keys.open", () -> view.ask(View::figures)
                        .openKeys())
                .description("Scope key: keys with more than one sibling")
                .register(meters);
        Gauge.builder(
                        "antichain.analyzer.keys.open.since",
                        () -> view.ask(View::openSinceMs).orElse(0) / 1_000.0)
                .description(
                        "Scope key: since when the key is open that has been for longest, seconds since 1970; 0 if none is")
                .register(meters);
        // Both take a second of a cold JVM, so they are made at once.
        CompletableFuture<OrderStream> preparing = CompletableFuture.supplyAsync(
                () -> OrderStream.prepare(settings, meters, waitingFor::set),
                command -> new Thread(command, "antichain-start").start());
        try {
            AnalyzerServer server = AnalyzerServer.start(settings, status, view, driver);
            try {
                OrderStream stream = prepared(preparing);
                // The port first: a second analyzer by mistake must not take the group from the first before it finds
                // the port taken.
                stream.start();
                Reading reading = new Reading(
                        stream,
                        TransactionWatch.start(ConfiguredSerializers.without(settings.client()), settings.allTopics()));
                running.complete(reading);
                return new Analyzer(
                        reading,
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
            CompletableFuture<Reading> running, AtomicReference<String> waitingFor, SharedView view) {
        return running.isDone()
                ? running.join().stream()
                        .unreadyBecause()
                        .or(() -> standing(running).stream().findFirst().map(OpenTransaction::sentence))
                        .or(() -> view.ask(View::figures).reading())
                : Optional.of(waitingFor.get());
    }

    private static List<OpenTransaction> standing(CompletableFuture<Reading> running) {
        return running.isDone() ? running.join().transactions().standing() : List.of();
    }

    /**
     * Whether it reads the events topic, the registry answers, no open transaction holds a topic, and the history is read.
     */
    public boolean ready() {
        return status.unreadyBecause().get().isEmpty();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Completed, with a sentence, when the stream has stopped for good by itself. */
    public CompletableFuture<String> failed() {
        return reading.stream().failed();
    }

    /** Commits, leaves the consumer group and stops; at most 2 s. */
    @Override
    public void close() {
        server.close();
        reader.close();
        reading.transactions().close();
        reading.stream().close(Duration.ofSeconds(2));
        meters.close();
    }
}
