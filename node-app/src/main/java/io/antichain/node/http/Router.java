package io.antichain.node.http;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds who answers a request. Nobody may block here: one thread reads all connections. */
final class Router extends Handler.Abstract.NonBlocking {
    /**
     * One documented operation.
     *
     * @param method GET or POST
     * @param path the whole path, without parameters
     * @param answer answers it, at once or later
     */
    record Route(String method, String path, Consumer<Exchange> answer) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        exchange.attempt(() -> find(exchange).answer().accept(exchange));
        return true;
    }

    private Route find(Exchange exchange) {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        List<Route> there = routes.stream()
                .filter(route -> route.path().equals(exchange.path()))
                .toList();
        String asked = "path=" + exchange.path() + ", method=" + exchange.method() + "; see GET /openapi.yaml";
        if (there.isEmpty()) {
            throw ProblemException.of(404, "Not found", "Only documented paths exist: " + asked);
        }
        return there.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .orElseThrow(() -> ProblemException.methodNotAllowed(
                        there.stream().map(Route::method).collect(Collectors.joining(", ")),
                        "A path has the methods that are documented: " + asked));
    }
}
