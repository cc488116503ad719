package io.antichain.analyzer.http;

/** A request that ends in a problem as RFC 9457 has it: status, a title for the kind, a detail for this case. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    private Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    static Problem notFound(String title, String detail) {
        return new Problem(404, title, detail);
    }

    /** One that is over before long. */
    static Problem busy(String detail) {
        return new Problem(503, "Busy", detail);
    }

    static Problem notReady(String detail) {
        return new Problem(503, "Not ready", detail);
    }

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
