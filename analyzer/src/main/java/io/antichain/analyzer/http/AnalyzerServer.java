package io.antichain.analyzer.http;

import io.antichain.analyzer.log.RecordLookup;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.http.HttpServer;
import io.antichain.http.ServerSettings;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.UriCompliance;

/**
 * Answers questions about the analyzer and about history, as {@code GET /openapi.yaml} describes them, and serves the page
 * that asks them.
 */
public final class AnalyzerServer implements AutoCloseable {
    /** Of requests that drive nodes, in bytes; nothing else has a body. */
    private static final int MOST_BODY_BYTES = 4_096;

    private final AnalyzerStatus status;
    private final SharedView view;
    private final NodeRoutes nodes;
    private final RecordLookup records;
    private HttpServer server;
    private volatile boolean closed;

    private AnalyzerServer(AnalyzerStatus status, SharedView view, NodeDriver driver, RecordLookup records) {
        this.status = status;
        this.view = view;
        this.nodes = new NodeRoutes(driver);
        this.records = records;
    }

    /** Starts to listen. */
    public static AnalyzerServer start(
            AnalyzerSettings settings, AnalyzerStatus status, SharedView view, NodeDriver driver) {
        RecordLookup records = new RecordLookup(ConfiguredSerializers.without(settings.client()));
        AnalyzerServer asked = new AnalyzerServer(status, view, driver, records);
        asked.server = HttpServer.start(
                new ServerSettings(settings.host(), settings.port(), MOST_BODY_BYTES, settings.access()),
                failure -> Optional.empty(),
                asked::configure);
        return asked;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        closed = true;
        view.wake();
        server.close();
    }

    /** Everything that is served. */
    List<QueryRoute> routes() {
        Searches searches = new Searches();
        EventStream stream = new EventStream(view, status, () -> closed);
        return Stream.of(
                        new EventRoutes(view, searches).routes(),
                        new FindingRoutes(view, searches).routes(),
                        new RecordRoute(view, searches, records).routes(),
                        new StatusRoutes(status, view).routes(),
                        nodes.routes(),
                        List.of(new QueryRoute("/stream", Set.of("after"), stream::answer)))
                .flatMap(List::stream)
                .toList();
    }

    private void configure(JavalinConfig config) {
        // Names of processes and keys may hold a slash: %2F in a path.
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(
                UriCompliance.RFC3986.with("slashes in names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR)));
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        PageRoutes.addTo(config.routes);
        nodes.addTo(config.routes);
        for (QueryRoute route : routes()) {
            config.routes.addHttpHandler(
                    HandlerType.GET, route.path(), context -> route.answer().to(new Question(route, context)));
        }
    }
}
