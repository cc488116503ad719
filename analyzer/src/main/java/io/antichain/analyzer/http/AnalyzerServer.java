package io.antichain.analyzer.http;

import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.http.HttpServer;
import io.antichain.http.ServerSettings;
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
    private static final int NO_BODY = 0;

    private final AnalyzerStatus status;
    private final SharedView view;
    private HttpServer server;
    private volatile boolean closed;

    private AnalyzerServer(AnalyzerStatus status, SharedView view) {
        this.status = status;
        this.view = view;
    }

    /** Starts to listen. */
    public static AnalyzerServer start(AnalyzerSettings settings, AnalyzerStatus status, SharedView view) {
        AnalyzerServer asked = new AnalyzerServer(status, view);
        asked.server = HttpServer.start(
                new ServerSettings(settings.host(), settings.port(), NO_BODY, settings.access()),
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
    List<Route> routes() {
        Searches searches = new Searches();
        EventStream stream = new EventStream(view, status, () -> closed);
        return Stream.of(
                        new EventRoutes(view, searches).routes(),
                        new FindingRoutes(view, searches).routes(),
                        new StatusRoutes(status, view).routes(),
                        List.of(new Route("/stream", Set.of("after"), stream::answer)))
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
        for (Route route : routes()) {
            config.routes.addHttpHandler(
                    HandlerType.GET, route.path(), context -> route.answer().to(new Question(route, context)));
        }
    }
}
