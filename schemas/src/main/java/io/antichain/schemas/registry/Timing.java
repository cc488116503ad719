package io.antichain.schemas.registry;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance, as the registry client needs them.
 *
 * @param nanoTime a clock that never goes back, in nanoseconds from any origin
 * @param random draws the jitter of back-offs
 * @param pause waits between attempts
 */
record Timing(LongSupplier nanoTime, RandomGenerator random, Pause pause) {
    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void forMs(long ms) throws InterruptedException;
    }

    static Timing system() {
        return new Timing(System::nanoTime, RandomGenerator.getDefault(), TimeUnit.MILLISECONDS::sleep);
    }
}
