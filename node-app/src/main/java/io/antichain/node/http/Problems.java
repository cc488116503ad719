package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.request.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into a JSON problem (RFC 9457). */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(Exception.class, (failure, context) -> answer(context, failure));
        // Javalin answers its own exceptions itself unless they are named.
        routes.exception(HttpResponseException.class, (failure, context) -> answer(context, failure));
    }

    /** Answers {@code context} with the problem that {@code failure} stands for. */
    static void answer(Context context, Throwable failure) {
        ProblemException problem = problem(context, failure);
        if (failure instanceof MethodNotAllowedResponse refused) {
            refused.getDetails().values().forEach(methods -> context.header("Allow", methods));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "about:blank");
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.getMessage());
        body.put("instance", context.path());
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
        context.status(problem.status()).contentType("application/problem+json").result(body.toString());
    }

    private static ProblemException problem(Context context, Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return problem(context, failure.getCause());
        }
        if (failure instanceof ProblemException known) {
            return known;
        }
        if (failure instanceof RefusedException refused) {
            return refusal(refused);
        }
        if (failure instanceof TimeoutException) {
            return ProblemException.passing(
                    503,
                    "Not in time",
                    "A request is answered within its time: path=" + context.path()
                            + "; the node works on, look at GET /health/ready");
        }
        if (failure instanceof HttpResponseException http) {
            return routing(context, http);
        }
        LOG.atError()
                .addKeyValue("path", context.path())
                .setCause(failure)
                .log("A request failed for a reason that was not foreseen");
        return ProblemException.of(500, "Internal error", "The node failed on this request; its log says why");
    }

    private static ProblemException refusal(RefusedException refused) {
        String detail = refused.getMessage();
        return switch (refused.reason()) {
            case QUEUE_FULL -> ProblemException.passing(429, "Too many requests", detail);
            case KEY_REUSED -> ProblemException.of(422, "Idempotency-Key reused", detail);
            case PAUSED -> ProblemException.of(409, "Paused", detail);
            case NOT_READY -> ProblemException.passing(503, "Not ready", detail);
            case ABORTED -> ProblemException.passing(503, "Not committed", detail);
            case STOPPING -> ProblemException.of(503, "Stopping", detail);
            case FENCED -> ProblemException.of(503, "Fenced", detail);
            case EXHAUSTED -> ProblemException.of(503, "Out of counters", detail);
        };
    }

    private static ProblemException routing(Context context, HttpResponseException http) {
        String asked = "path=" + context.path() + ", method=" + context.method();
        return switch (http.getStatus()) {
            case 404 ->
                ProblemException.of(
                        404, "Not found", "Only documented paths exist: " + asked + "; see GET /openapi.yaml");
            case 405 ->
                ProblemException.of(
                        405,
                        "Method not allowed",
                        "A path has the methods that are documented: " + asked + "; see GET /openapi.yaml");
            default -> ProblemException.of(http.getStatus(), "Request failed", http.getMessage() + ": " + asked);
        };
    }
}
