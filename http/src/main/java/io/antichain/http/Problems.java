package io.antichain.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
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

    private final Function<Throwable, Optional<Problem>> known;
    private final int maxBodyBytes;

    /**
     * @param known the program's own failures as problems; empty for what it does not foresee
     * @param maxBodyBytes the longest request body
     */
    Problems(Function<Throwable, Optional<Problem>> known, int maxBodyBytes) {
        this.known = known;
        this.maxBodyBytes = maxBodyBytes;
    }

    void register(RoutesConfig routes) {
        routes.exception(Exception.class, (failure, context) -> answer(context, failure));
        // Javalin answers its own exceptions itself unless they are named.
        routes.exception(HttpResponseException.class, (failure, context) -> answer(context, failure));
    }

    private void answer(Context context, Throwable failure) {
        Problem problem = of(failure, context);
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(TYPE)
                .result(json(problem, context.path()).toString());
    }

    private Problem of(Throwable failure, Context context) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause(), context);
        }
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof HttpResponseException http) {
            return unrouted(
                    http, "path=" + context.path() + ", method=" + context.method() + "; see GET /openapi.yaml");
        }
        if (failure instanceof HttpException refusal && refusal.getCode() == 413) {
            return Problem.tooLarge(maxBodyBytes);
        }
        if (failure instanceof IOException) {
            // The client broke off or was too slow, which is no news to the log: many of them would fill it.
            return Problem.badRequest(
                    "The request ended before it was whole: reason=" + failure.getMessage() + "; send it again");
        }
        return known.apply(failure).orElseGet(() -> {
            LOG.atError()
                    .addKeyValue("path", context.path())
                    .setCause(failure)
                    .log("A request failed for a reason that was not foreseen");
            return Problem.of(500, "Internal error", "The program failed on this request; its log says why");
        });
    }

    private static Problem unrouted(HttpResponseException http, String asked) {
        if (http instanceof MethodNotAllowedResponse refused) {
            String allowed = String.join(", ", refused.getDetails().values());
            return Problem.methodNotAllowed(allowed, "The path does not have this method: " + asked);
        }
        return http.getStatus() == 404
                ? Problem.notFound("Not found", "The path is not one of the documented ones: " + asked)
                : Problem.of(http.getStatus(), "Request failed", http.getMessage() + ": " + asked);
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

    /** Answers before any route is looked for. */
    static void refuse(Problem problem, Request request, Response response, Callback callback) {
        response.setStatus(problem.status());
        SecurityHeaders.addTo(response.getHeaders());
        problem.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        byte[] body = json(problem, request.getHttpURI().getPath()).toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** The server's own refusals (a header too long, a path that is none) as JSON problems, like all others. */
    ErrorHandler ofTheServer() {
        return new ErrorHandler() {
            @Override
            protected void generateResponse(
                    Request request, Response response, int code, String message, Throwable cause, Callback callback) {
                Problem problem = code == 413
                        ? Problem.tooLarge(maxBodyBytes)
                        : Problem.of(
                                code,
                                "Request refused",
                                message == null ? "The server could not read the request" : message);
                refuse(problem, request, response, callback);
            }
        };
    }
}
