package io.antichain.node.http;

import io.antichain.http.Problem;
import io.antichain.node.request.RefusedException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What a node refuses, or does not do in time, as problems. */
final class KnownProblems {
    private KnownProblems() {}

    static Optional<Problem> of(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            return Optional.of(refusal(refused));
        }
        return failure instanceof TimeoutException
                ? Optional.of(Problem.passing(
                        503, "Not in time", "The node did not answer in time; it works on, look at GET /health/ready"))
                : Optional.empty();
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
}
