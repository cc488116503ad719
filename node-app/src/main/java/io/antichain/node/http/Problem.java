package io.antichain.node.http;

import java.util.Map;

/** A request that ends in a problem as RFC 9457 has it: status, a title for the kind, a detail for this case. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, String> headers;

    private Problem(int status, String title, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.title = title;
        this.headers = headers;
    }

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of());
    }

    /** One that is over before long. */
    static Problem passing(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of("Retry-After", "1"));
    }

    static Problem badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    /** @param allowed the methods that the path has */
    static Problem methodNotAllowed(String allowed, String detail) {
        return new Problem(405, "Method not allowed", detail, Map.of("Allow", allowed));
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Headers of the answer that belong to this problem. */
    Map<String, String> headers() {
        return headers;
    }
}
