package io.antichain.analyzer.http;

import io.antichain.http.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets few at once look through all that is held: the rest wait their turn, though not for long. */
final class Searches {
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 5;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    <T> T run(Supplier<T> search) {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.passing(
                        503,
                        "Busy",
                        "At most " + AT_ONCE + " searches run at once: waited=" + WAIT_SECONDS + " s; ask again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.passing(503, "Busy", "The analyzer stops");
        }
        try {
            return search.get();
        } finally {
            turns.release();
        }
    }
}
