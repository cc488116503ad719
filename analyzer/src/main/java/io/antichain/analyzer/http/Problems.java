package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static void answer(Context context, Exception failure) {
        Problem problem = problem(context, failure);
        if (failure instanceof MethodNotAllowedResponse refused) {
            refused.getDetails().values().forEach(methods -> context.header("Allow", methods));
        }
        if (problem.status() == 503) {
            context.header("Retry-After", "1");
        }
        context.status(problem.status())
                .contentType(TYPE)
                .result(json(problem).put("instance", context.path()).toString());
    }

    private static Problem problem(Context context, Exception failure) {
        if (failure instanceof Problem known) {
            return known;
        }
        if (failure instanceof HttpResponseException http) {
            String asked = "path=" + context.path() + ", method=" + context.method() + "; see GET /openapi.yaml";
            return switch (http.getStatus()) {
                case 404 -> Problem.notFound("Not found", "Only documented paths exist: " + asked);
                case 405 -> Problem.of(405, "Method not allowed", "A path is asked with GET: " + asked);
                default -> Problem.of(http.getStatus(), "Request failed", http.getMessage() + ": " + asked);
            };
        }
        LOG.atError()
                .addKeyValue("path", context.path())
                .setCause(failure)
                .log("A request failed for a reason that was not foreseen");
        return Problem.of(500, "Internal error", "The analyzer failed on this request; its log says why");
    }

    private static ObjectNode json(Problem problem) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.getMessage());
    }

    /** The server's own refusals (a header too long, a path that is none) as JSON problems, like all others. */
    static ErrorHandler ofTheServer() {
        return new ErrorHandler() {
            @Override
            protected void generateResponse(
                    Request request, Response response, int code, String message, Throwable cause, Callback callback) {
                String detail = message == null ? "The server could not read the request" : message;
                byte[] body = json(Problem.of(code, "Request refused", detail))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
                response.write(true, ByteBuffer.wrap(body), callback);
            }
        };
    }
}
