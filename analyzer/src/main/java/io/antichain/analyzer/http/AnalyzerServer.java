package io.antichain.analyzer.http;

import io.antichain.analyzer.AnalyzerSettings;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers {@code /health/live}, {@code /health/ready}, {@code /metrics} and {@code /openapi.yaml}. */
public final class AnalyzerServer implements AutoCloseable {
    private static final String PROBLEM = "application/problem+json";

    private final Javalin javalin;

    private AnalyzerServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to listen.
     *
     * @param unreadyBecause empty when the analyzer works, else why it does not, as a sentence
     * @param metrics the metrics in Prometheus's text format
     */
    public static AnalyzerServer start(
            AnalyzerSettings settings, Supplier<Optional<String>> unreadyBecause, Supplier<String> metrics) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            PageRoutes.addTo(config.routes);
            config.routes.get("/health/live", context -> context.json(Map.of("status", "live")));
            config.routes.get("/health/ready", context -> ready(context, unreadyBecause.get()));
            config.routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(metrics.get()));
            config.routes.get("/openapi.yaml", context -> context.contentType("application/yaml")
                    .result(resource("openapi.yaml")));
        });
        javalin.start(settings.host(), settings.port());
        return new AnalyzerServer(javalin);
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void ready(Context context, Optional<String> unreadyBecause) {
        if (unreadyBecause.isEmpty()) {
            context.json(Map.of("status", "ready"));
            return;
        }
        context.status(503)
                .json(Map.of("title", "Not ready", "status", 503, "detail", unreadyBecause.get()))
                .contentType(PROBLEM);
    }

    private static String resource(String name) {
        try (InputStream in = AnalyzerServer.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
