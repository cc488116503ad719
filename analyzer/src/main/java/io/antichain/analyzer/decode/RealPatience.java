package io.antichain.analyzer.decode;

import io.antichain.schemas.codec.DecodingException.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits in real time, can be told to give up, and tells what it waits for. */
public final class RealPatience implements Patience {
    private static final long LIMIT_MS = 120_000;
    /** Half of the transaction's time-out. */
    private static final long HURRIED_LIMIT_MS = 5_000;

    private final long unknownIdGraceMs;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private volatile Optional<String> waitingFor = Optional.empty();

    public RealPatience(long unknownIdGraceMs) {
        this.unknownIdGraceMs = unknownIdGraceMs;
    }

    @Override
    public long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void await(Failure failure, Duration step) {
        waitingFor = Optional.of(
                failure == Failure.UNKNOWN_ID
                        ? "The schema registry does not know a schema id; it may be starting"
                        : "The schema registry does not answer");
        try {
            givenUp.await(step.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void registryAnswered() {
        if (waitingFor.isPresent()) {
            waitingFor = Optional.empty();
        }
    }

    @Override
    public long limitMs(boolean hurried) {
        if (givenUp.getCount() == 0) {
            return -1;
        }
        return hurried ? HURRIED_LIMIT_MS : LIMIT_MS;
    }

    @Override
    public long unknownIdGraceMs() {
        return unknownIdGraceMs;
    }

    public Optional<String> waitingFor() {
        return waitingFor;
    }

    /** Ends all waiting: the program stops. */
    public void giveUp() {
        givenUp.countDown();
    }
}
