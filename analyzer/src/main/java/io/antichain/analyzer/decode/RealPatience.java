package io.antichain.analyzer.decode;

import io.antichain.schemas.codec.DecodingException.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits in real time, can be told to give up, and tells what it waits for: whoever asks, and every 10 s unasked. */
public final class RealPatience implements Patience {
    private static final long LIMIT_MS = 120_000;
    /** Half of the transaction's time-out. */
    private static final long HURRIED_LIMIT_MS = 5_000;

    private static final long TELL_EVERY_MS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(RealPatience.class);

    private final long unknownIdGraceMs;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private final Consumer<String> told;
    private volatile Optional<String> waitingFor = Optional.empty();
    private volatile long toldMs = Long.MIN_VALUE / 2;

    public RealPatience(long unknownIdGraceMs) {
        this(unknownIdGraceMs, LOG::warn);
    }

    /** @param told of what it waits for, at once and then every 10 s */
    RealPatience(long unknownIdGraceMs, Consumer<String> told) {
        this.unknownIdGraceMs = unknownIdGraceMs;
        this.told = told;
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
        if (nowMs() - toldMs >= TELL_EVERY_MS) {
            toldMs = nowMs();
            told.accept(
                    "Waiting: " + waitingFor.get() + "; see that it runs, and that schema.registry.url is its address");
        }
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
            toldMs = Long.MIN_VALUE / 2;
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
