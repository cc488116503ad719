package io.antichain.node.http;

import io.antichain.node.request.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problem (RFC 9457) a failure of a request stands for. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** @param path the path asked for */
    static ProblemException of(Throwable failure, String path) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause(), path);
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
                    "A request is answered within its time: path=" + path
                            + "; the node works on, look at GET /health/ready");
        }
        LOG.atError()
                .addKeyValue("path", path)
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
            case FAILED -> ProblemException.of(503, "Failed", detail);
            case EXHAUSTED -> ProblemException.of(503, "Out of counters", detail);
        };
    }
}
