package io.antichain.node.http;

import java.util.OptionalInt;

/** A request that ends in a problem as RFC 9457 has it: status, a title for the kind, a detail for this case. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final int retryAfterSeconds;

    private ProblemException(int status, String title, String detail, int retryAfterSeconds) {
        super(detail);
        this.status = status;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static ProblemException of(int status, String title, String detail) {
        return new ProblemException(status, title, detail, 0);
    }

    /** A problem that is over before long. */
    static ProblemException passing(int status, String title, String detail) {
        return new ProblemException(status, title, detail, 1);
    }

    static ProblemException badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** When to try again, if that may help. */
    OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
