package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.http.HttpServer;
import io.antichain.http.Problem;
import io.antichain.http.ServerSettings;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Requests;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's HTTP API. No request keeps a thread while it waits for the node, and the node's own thread writes no answer: any
 * number of requests can wait at once without holding up each other or the node.
 */
public final class HttpApi implements AutoCloseable {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_REPEAT_KEY_LENGTH = 255;

    private final Duration answerWithin;
    private final Requests node;
    private final Supplier<String> metrics;
    private final AnswerThreads answering = new AnswerThreads();
    private HttpServer server;

    private HttpApi(Duration answerWithin, Requests node, Supplier<String> metrics) {
        this.answerWithin = answerWithin;
        this.node = node;
        this.metrics = metrics;
    }

    /**
     * Starts answering for {@code node}, which need not be ready yet.
     *
     * @param answerWithin after this long a request that still waits is answered 503
     * @param metrics what {@code GET /metrics} answers, in Prometheus' text format
     * @throws JavalinBindException if the address cannot be bound
     */
    public static HttpApi start(
            ServerSettings settings, Duration answerWithin, Requests node, Supplier<String> metrics) {
        HttpApi api = new HttpApi(answerWithin, node, metrics);
        try {
            api.server = HttpServer.start(settings, KnownProblems::of, api::configure);
            return api;
        } catch (RuntimeException e) {
            api.answering.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Writes the answers that are there, then stops. */
    @Override
    public void close() {
        answering.close();
        server.close();
    }

    private void configure(JavalinConfig config) {
        config.router.ignoreTrailingSlashes = false;
        for (Route route : routes()) {
            config.routes.addHttpHandler(route.method(), route.path(), route.answer());
            if (route.method().equals(HandlerType.GET)) {
                // With the status of the GET: Javalin by itself answers 200 to a HEAD, whatever the node's health.
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.answer());
            }
        }
    }

    /** Everything that is served. */
    List<Route> routes() {
        return List.of(
                new Route(HandlerType.GET, "/", context -> json(context, 200, NodeJson.program(node.view()))),
                new Route(HandlerType.POST, "/messages", this::publish),
                new Route(HandlerType.GET, "/messages", this::recent),
                new Route(HandlerType.GET, "/clock", context -> json(context, 200, rendered(node.view()))),
                new Route(HandlerType.POST, "/sync", context -> answerView(context, node.sync())),
                new Route(HandlerType.POST, "/pause", context -> answerView(context, node.pause())),
                new Route(HandlerType.POST, "/resume", context -> answerView(context, node.resume())),
                new Route(HandlerType.GET, "/health/live", this::live),
                new Route(HandlerType.GET, "/health/ready", this::ready),
                new Route(HandlerType.GET, "/metrics", this::metrics),
                new Route(HandlerType.GET, "/openapi.yaml", HttpApi::openApi));
    }

    private void publish(Context context) throws IOException {
        Optional<String> repeatKey = repeatKey(context.header("Idempotency-Key"));
        MessageBody body = MessageBody.of(bytes(context));
        answer(
                context,
                node.publish(repeatKey, body.key(), body.payload()),
                published -> json(context, 201, NodeJson.published(published)));
    }

    /** The body, in no more memory than it needs where its length is known. */
    private static byte[] bytes(Context context) throws IOException {
        InputStream body = context.bodyInputStream();
        int length = context.contentLength();
        return length < 0 ? body.readAllBytes() : body.readNBytes(length);
    }

    private static Optional<String> repeatKey(String header) {
        if (header != null && (header.isBlank() || header.length() > MAX_REPEAT_KEY_LENGTH)) {
            throw Problem.badRequest("An Idempotency-Key has 1 to " + MAX_REPEAT_KEY_LENGTH + " characters: length="
                    + header.length() + "; send a random UUID");
        }
        return Optional.ofNullable(header);
    }

    private void recent(Context context) {
        int limit = Optional.ofNullable(context.queryParam("limit"))
                .map(HttpApi::limit)
                .orElse(DEFAULT_LIMIT);
        json(context, 200, NodeJson.messages(node.recent(limit)));
    }

    private static int limit(String asked) {
        if (asked.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw Problem.badRequest(
                "A limit is a number from 1 to " + MAX_LIMIT + ": limit=" + asked + "; ask for fewer messages");
    }

    private void answerView(Context context, CompletableFuture<NodeView> asked) {
        answer(context, asked, view -> json(context, 200, rendered(view)));
    }

    private static ObjectNode rendered(NodeView view) {
        return NodeJson.clock(view, view.state().orElseThrow(() -> Problem.passing(503, "Not ready", view.reason())));
    }

    private void live(Context context) {
        NodeView view = node.view();
        if (view.condition() == Condition.FENCED || view.condition() == Condition.FAILED) {
            throw Problem.of(503, "Ended", view.reason());
        }
        json(context, 200, NodeJson.health(view));
    }

    private void ready(Context context) {
        NodeView view = node.view();
        if (!view.ready()) {
            throw Problem.passing(503, "Not ready", view.reason());
        }
        json(context, 200, NodeJson.health(view));
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.get());
    }

    private static void openApi(Context context) {
        try (InputStream yaml = HttpApi.class.getResourceAsStream("openapi.yaml")) {
            context.contentType("application/yaml; charset=utf-8").result(yaml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml lies beside this class", e);
        }
    }

    private static void json(Context context, int status, ObjectNode body) {
        context.status(status).contentType("application/json").result(body.toString());
    }

    /** Answers once {@code asked} is done, on one of the answering threads; a failure is answered as its problem. */
    private <T> void answer(Context context, CompletableFuture<T> asked, Consumer<T> write) {
        context.future(() -> asked.orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                write.accept(value);
                            }
                        },
                        answering));
    }
}
