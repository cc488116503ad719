package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Requests;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A node's HTTP API. No request keeps a thread while it waits for Kafka, and no answer is written by the node's own thread:
 * any number of requests at once can be slow without holding up each other or the node.
 */
public final class HttpApi implements AutoCloseable {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_REPEAT_KEY_LENGTH = 255;
    private static final int ANSWERING_THREADS = 8;
    private static final int ANSWERED_WITHIN_MS = 500;

    /** One documented operation. */
    record Route(HandlerType method, String path, Handler handler) {}

    private final HttpSettings settings;
    private final Requests node;
    private final Supplier<String> metrics;
    private final ExecutorService answering;
    private final Javalin server;

    private HttpApi(HttpSettings settings, Requests node, Supplier<String> metrics) {
        this.settings = settings;
        this.node = node;
        this.metrics = metrics;
        AtomicInteger threads = new AtomicInteger();
        this.answering = Executors.newFixedThreadPool(ANSWERING_THREADS, task -> {
            Thread thread = new Thread(task, "antichain-answer-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.server = Javalin.create(this::configure);
    }

    /**
     * Starts answering for {@code node}, which need not be ready yet.
     *
     * @param metrics what {@code GET /metrics} answers, in Prometheus' text format
     * @throws RuntimeException if the address cannot be bound
     */
    public static HttpApi start(HttpSettings settings, Requests node, Supplier<String> metrics) {
        HttpApi api = new HttpApi(settings, node, metrics);
        try {
            api.server.start(settings.host(), settings.port());
            return api;
        } catch (RuntimeException e) {
            api.close();
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
        answering.shutdown();
        try {
            answering.awaitTermination(ANSWERED_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }

    /** Everything that is served. */
    List<Route> routes() {
        return List.of(
                new Route(HandlerType.POST, "/messages", this::publish),
                new Route(HandlerType.GET, "/messages", this::recent),
                new Route(HandlerType.GET, "/clock", this::clock),
                new Route(HandlerType.POST, "/sync", context -> answerView(context, node::sync)),
                new Route(HandlerType.POST, "/pause", context -> answerView(context, node::pause)),
                new Route(HandlerType.POST, "/resume", context -> answerView(context, node::resume)),
                new Route(HandlerType.GET, "/health/live", this::live),
                new Route(HandlerType.GET, "/health/ready", this::ready),
                new Route(HandlerType.GET, "/metrics", this::metrics),
                new Route(HandlerType.GET, "/openapi.yaml", HttpApi::openApi));
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new PlainErrors()));
        Problems.register(config.routes);
        routes().forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
    }

    private void publish(Context context) throws IOException {
        MessageBody body = MessageBody.read(context.bodyInputStream(), settings.maxBodyBytes());
        Optional<String> repeatKey = repeatKey(context.header("Idempotency-Key"));
        answer(context, 201, () -> node.publish(repeatKey, body.key(), body.payload()), Render::published);
    }

    private static Optional<String> repeatKey(String header) {
        if (header != null && (header.isBlank() || header.length() > MAX_REPEAT_KEY_LENGTH)) {
            throw ProblemException.badRequest("An Idempotency-Key has 1 to " + MAX_REPEAT_KEY_LENGTH
                    + " characters: length=" + header.length() + "; send a random UUID");
        }
        return Optional.ofNullable(header);
    }

    private void recent(Context context) {
        String asked = context.queryParam("limit");
        json(context, 200, Render.messages(node.recent(asked == null ? DEFAULT_LIMIT : limit(asked))));
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

    private void clock(Context context) {
        json(context, 200, rendered(node.view()));
    }

    private void answerView(Context context, Supplier<CompletableFuture<NodeView>> request) {
        answer(context, 200, request, HttpApi::rendered);
    }

    private static ObjectNode rendered(NodeView view) {
        return Render.clock(
                view, view.state().orElseThrow(() -> ProblemException.passing(503, "Not ready", view.reason())));
    }

    private void live(Context context) {
        NodeView view = node.view();
        if (view.condition() == Condition.FENCED) {
            throw ProblemException.of(503, "Fenced", view.reason());
        }
        json(context, 200, Render.health(view));
    }

    private void ready(Context context) {
        NodeView view = node.view();
        if (!view.ready()) {
            throw ProblemException.passing(503, "Not ready", view.reason());
        }
        json(context, 200, Render.health(view));
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

    private <T> void answer(
            Context context, int status, Supplier<CompletableFuture<T>> request, Function<T, ObjectNode> render) {
        context.future(() -> {
            CompletableFuture<T> asked = request.get();
            BiFunction<T, Throwable, Void> write = (value, failure) -> {
                write(context, status, value, failure, render);
                return null;
            };
            return asked.isDone()
                    ? asked.handle(write)
                    : asked.orTimeout(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
                            .handleAsync(write, answering);
        });
    }

    private static <T> void write(
            Context context, int status, T value, Throwable failure, Function<T, ObjectNode> render) {
        try {
            if (failure == null) {
                json(context, status, render.apply(value));
            } else {
                Problems.answer(context, failure);
            }
        } catch (RuntimeException e) {
            Problems.answer(context, e);
        }
    }

    private static void json(Context context, int status, ObjectNode body) {
        context.status(status).contentType("application/json").result(body.toString());
    }
}
