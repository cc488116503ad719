package io.antichain.analyzer.http;

import io.antichain.analyzer.log.RecordLookup;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;

/**
 * Answers questions about the analyzer and about history, as {@code GET /openapi.yaml} describes them, and serves the page
 * that asks them.
 */
public final class AnalyzerServer implements AutoCloseable {
    private final AnalyzerStatus status;
    private final SharedView view;
    private final NodeRoutes nodes;
    private final RecordLookup records;
    private final Javalin javalin;
    private volatile boolean closed;

    private AnalyzerServer(AnalyzerStatus status, SharedView view, NodeDriver driver, RecordLookup records) {
        this.status = status;
        this.view = view;
        this.nodes = new NodeRoutes(driver);
        this.records = records;
        this.javalin = Javalin.create(this::configure);
    }

    /** Starts to listen. */
    public static AnalyzerServer start(
            AnalyzerSettings settings, AnalyzerStatus status, SharedView view, NodeDriver driver) {
        RecordLookup records = new RecordLookup(ConfiguredSerializers.without(settings.client()));
        AnalyzerServer server = new AnalyzerServer(status, view, driver, records);
        server.javalin.start(settings.host(), settings.port());
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        closed = true;
        view.wake();
        javalin.stop();
    }

    /** Everything that is served. */
    List<Route> routes() {
        Searches searches = new Searches();
        EventStream stream = new EventStream(view, status, () -> closed);
        return Stream.of(
                        new EventRoutes(view, searches).routes(),
                        new FindingRoutes(view, searches).routes(),
                        new RecordRoute(view, searches, records).routes(),
                        new StatusRoutes(status, view).routes(),
                        nodes.routes(),
                        List.of(new Route("/stream", Set.of("after"), stream::answer)))
                .flatMap(List::stream)
                .toList();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        // Names of processes and keys may hold a slash: %2F in a path.
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(
                UriCompliance.RFC3986.with("slashes in names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR)));
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(jetty -> jetty.setErrorHandler(Problems.ofTheServer()));
        Problems.register(config.routes);
        PageRoutes.addTo(config.routes);
        nodes.addTo(config.routes);
        for (Route route : routes()) {
            config.routes.addHttpHandler(
                    HandlerType.GET, route.path(), context -> route.answer().to(new Question(route, context)));
        }
    }
}
