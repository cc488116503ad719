package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.request.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into a JSON problem (RFC 9457). */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "application/problem+json";

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Exception.class, (failure, context) -> answer(context, failure));
        // Javalin answers its own exceptions itself unless they are named.
        routes.exception(HttpResponseException.class, (failure, context) -> answer(context, failure));
    }

    private static void answer(Context context, Throwable failure) {
        Problem problem = of(failure, context);
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(TYPE)
                .result(json(problem, context.path()).toString());
    }

    private static Problem of(Throwable failure, Context context) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause(), context);
        }
        if (failure instanceof Problem known) {
            return known;
        }
        if (failure instanceof RefusedException refused) {
            return refusal(refused);
        }
        if (failure instanceof HttpResponseException http) {
            return unrouted(
                    http, "path=" + context.path() + ", method=" + context.method() + "; see GET /openapi.yaml");
        }
        if (failure instanceof TimeoutException) {
            return Problem.passing(
                    503,
                    "Not in time",
                    "A request is answered within its time: path=" + context.path()
                            + "; the node works on, look at GET /health/ready");
        }
        LOG.atError()
                .addKeyValue("path", context.path())
                .setCause(failure)
                .log("A request failed for a reason that was not foreseen");
        return Problem.of(500, "Internal error", "The node failed on this request; its log says why");
    }

    private static Problem unrouted(HttpResponseException http, String asked) {
        if (http instanceof MethodNotAllowedResponse refused) {
            String allowed = String.join(", ", refused.getDetails().values());
            return Problem.methodNotAllowed(allowed, "A path has the methods that are documented: " + asked);
        }
        return http.getStatus() == 404
                ? Problem.of(404, "Not found", "Only documented paths exist: " + asked)
                : Problem.of(http.getStatus(), "Request failed", http.getMessage() + ": " + asked);
    }

    private static Problem refusal(RefusedException refused) {
        String detail = refused.getMessage();
        return switch (refused.reason()) {
            case QUEUE_FULL -> Problem.passing(429, "Too many requests", detail);
            case KEY_REUSED -> Problem.of(422, "Idempotency-Key reused", detail);
            case PAUSED -> Problem.of(409, "Paused", detail);
            case NOT_READY -> Problem.passing(503, "Not ready", detail);
            case ABORTED -> Problem.passing(503, "Not committed", detail);
            case STOPPING -> Problem.of(503, "Stopping", detail);
            case FENCED -> Problem.of(503, "Fenced", detail);
            case FAILED -> Problem.of(503, "Failed", detail);
            case EXHAUSTED -> Problem.of(503, "Out of counters", detail);
        };
    }

    private static ObjectNode json(Problem problem, String path) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.getMessage())
                .put("instance", path);
    }

    /** The server's own refusals (a header too long, a path that is none) as JSON problems, like all others. */
    static ErrorHandler ofTheServer() {
        return new ErrorHandler() {
            @Override
            protected void generateResponse(
                    Request request, Response response, int code, String message, Throwable cause, Callback callback) {
                String detail = message == null ? "The server could not read the request" : message;
                String json = json(
                                Problem.of(code, "Request refused", detail),
                                request.getHttpURI().getPath())
                        .toString();
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
                response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
            }
        };
    }
}
