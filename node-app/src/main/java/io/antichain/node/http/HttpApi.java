package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.http.Router.Route;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A node's HTTP API. No request keeps a thread while it waits, for Kafka or for its client, and no answer is written by the
 * node's own thread: any number of requests at once can be slow without holding up each other or the node.
 */
public final class HttpApi implements AutoCloseable {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_REPEAT_KEY_LENGTH = 255;
    private static final int MAX_THREADS = 8;

    private final HttpSettings settings;
    private final Requests node;
    private final Supplier<String> metrics;
    private final Answering answering = new Answering();
    private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    private final Server server = new Server(threads);
    private final ServerConnector connector;

    private HttpApi(HttpSettings settings, Requests node, Supplier<String> metrics) {
        this.settings = settings;
        this.node = node;
        this.metrics = metrics;
        threads.setName("antichain-http");
        threads.setDaemon(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(
                server, answering.orElse(threads), null, null, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setHandler(new Router(routes()));
        server.setErrorHandler(new PlainErrors());
    }

    /**
     * Starts answering for {@code node}, which need not be ready yet.
     *
     * @param metrics what {@code GET /metrics} answers, in Prometheus' text format
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static HttpApi start(HttpSettings settings, Requests node, Supplier<String> metrics) {
        HttpApi api = new HttpApi(settings, node, metrics);
        try {
            api.server.start();
            return api;
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            api.close();
            throw new IllegalStateException("The HTTP server failed to start", e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Writes the answers that are there, then stops. */
    @Override
    public void close() {
        answering.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server failed to stop", e);
        }
    }

    /** Everything that is served. */
    List<Route> routes() {
        return List.of(
                new Route("POST", "/messages", this::publish),
                new Route("GET", "/messages", this::recent),
                new Route("GET", "/clock", exchange -> exchange.json(200, rendered(node.view()))),
                new Route("POST", "/sync", exchange -> answerView(exchange, node.sync())),
                new Route("POST", "/pause", exchange -> answerView(exchange, node.pause())),
                new Route("POST", "/resume", exchange -> answerView(exchange, node.resume())),
                new Route("GET", "/health/live", this::live),
                new Route("GET", "/health/ready", this::ready),
                new Route("GET", "/metrics", this::metrics),
                new Route("GET", "/openapi.yaml", HttpApi::openApi));
    }

    private void publish(Exchange exchange) {
        Optional<String> repeatKey = repeatKey(exchange.header("Idempotency-Key"));
        exchange.readBody(settings.maxBodyBytes(), bytes -> {
            MessageBody body = MessageBody.of(bytes);
            answer(
                    exchange,
                    node.publish(repeatKey, body.key(), body.payload()),
                    published -> exchange.json(201, Render.published(published)));
        });
    }

    private static Optional<String> repeatKey(Optional<String> header) {
        header.filter(key -> key.isBlank() || key.length() > MAX_REPEAT_KEY_LENGTH)
                .ifPresent(key -> {
                    throw ProblemException.badRequest("An Idempotency-Key has 1 to " + MAX_REPEAT_KEY_LENGTH
                            + " characters: length=" + key.length() + "; send a random UUID");
                });
        return header;
    }

    private void recent(Exchange exchange) {
        int limit = exchange.parameter("limit").map(HttpApi::limit).orElse(DEFAULT_LIMIT);
        exchange.json(200, Render.messages(node.recent(limit)));
    }

    private static int limit(String asked) {
        if (asked.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw ProblemException.badRequest(
                "A limit is a number from 1 to " + MAX_LIMIT + ": limit=" + asked + "; ask for fewer messages");
    }

    private void answerView(Exchange exchange, CompletableFuture<NodeView> asked) {
        answer(exchange, asked, view -> exchange.json(200, rendered(view)));
    }

    private static ObjectNode rendered(NodeView view) {
        return Render.clock(
                view, view.state().orElseThrow(() -> ProblemException.passing(503, "Not ready", view.reason())));
    }

    private void live(Exchange exchange) {
        NodeView view = node.view();
        if (view.condition() == Condition.FENCED || view.condition() == Condition.FAILED) {
            throw ProblemException.of(503, "Ended", view.reason());
        }
        exchange.json(200, Render.health(view));
    }

    private void ready(Exchange exchange) {
        NodeView view = node.view();
        if (!view.ready()) {
            throw ProblemException.passing(503, "Not ready", view.reason());
        }
        exchange.json(200, Render.health(view));
    }

    private void metrics(Exchange exchange) {
        answer(
                exchange,
                CompletableFuture.supplyAsync(metrics, threads),
                text -> exchange.text(
                        "text/plain; version=0.0.4; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void openApi(Exchange exchange) {
        try (InputStream yaml = HttpApi.class.getResourceAsStream("openapi.yaml")) {
            exchange.text("application/yaml; charset=utf-8", yaml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml lies beside this class", e);
        }
    }

    private <T> void answer(Exchange exchange, CompletableFuture<T> asked, Consumer<T> write) {
        asked.orTimeout(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                exchange.attempt(() -> write.accept(value));
                            } else {
                                exchange.fail(failure);
                            }
                        },
                        answering);
    }
}
