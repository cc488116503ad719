package io.antichain.http;

import java.util.Map;

/** A request that ends in a problem as RFC 9457 has it: status, a title for the kind, a detail for this case. */
public final class Problem extends RuntimeException {
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

    /** One that stays until the request is changed. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of());
    }

    /** One that is over before long. */
    public static Problem passing(int status, String title, String detail) {
        return new Problem(status, title, detail, Map.of("Retry-After", "1"));
    }

    /** The request is not as documented. */
    public static Problem badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    /** There is nothing of that kind. */
    public static Problem notFound(String title, String detail) {
        return of(404, title, detail);
    }

    /** @param maxBodyBytes the longest body that is taken */
    static Problem tooLarge(int maxBodyBytes) {
        return of(
                413,
                "Body too large",
                "The body is longer than is taken: maxBodyBytes=" + maxBodyBytes
                        + "; send less, or a reference instead");
    }

    /** @param allowed the methods that the path has */
    static Problem methodNotAllowed(String allowed, String detail) {
        return new Problem(405, "Method not allowed", detail, Map.of("Allow", allowed));
    }

    /** A browser asks its user for the token, as the password of any user name; programs send it as a bearer token. */
    static Problem unauthorized(String detail) {
        return new Problem(
                401,
                "Unauthorized",
                detail,
                Map.of("WWW-Authenticate", "Basic realm=\"antichain\", charset=\"UTF-8\", Bearer realm=\"antichain\""));
    }

    /** The HTTP status. */
    public int status() {
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
