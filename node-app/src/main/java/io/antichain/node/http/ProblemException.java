package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A request that ends in a problem as RFC 9457 has it: status, a title for the kind, a detail for this case. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The media type of a problem. */
    static final String CONTENT_TYPE = "application/problem+json";

    private final int status;
    private final String title;
    private final transient Map<String, String> headers;

    private ProblemException(int status, String title, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.headers = headers;
    }

    static ProblemException of(int status, String title, String detail) {
        return new ProblemException(status, title, detail, Map.of());
    }

    /** A problem that is over before long. */
    static ProblemException passing(int status, String title, String detail) {
        return new ProblemException(status, title, detail, Map.of("Retry-After", "1"));
    }

    static ProblemException badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    /** @param allowed the methods that the path has */
    static ProblemException methodNotAllowed(String allowed, String detail) {
        return new ProblemException(405, "Method not allowed", detail, Map.of("Allow", allowed));
    }

    int status() {
        return status;
    }

    /** What the answer's head says besides. */
    Map<String, String> headers() {
        return headers;
    }

    /** @param instance the path that was asked for */
    ObjectNode json(String instance) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank");
        json.put("title", title);
        json.put("status", status);
        json.put("detail", getMessage());
        json.put("instance", instance);
        return json;
    }
}
