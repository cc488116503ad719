package io.antichain.analyzer.decode;

import io.antichain.schemas.codec.DecodingException.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting. */
public final class CountedPatience implements Patience {
    public final List<Failure> waits = new ArrayList<>();
    public Runnable onWait = () -> {};
    private long nowMs;

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public void await(Failure failure, Duration step) {
        waits.add(failure);
        nowMs += step.toMillis();
        onWait.run();
    }

    @Override
    public void registryAnswered() {}

    @Override
    public long limitMs(boolean hurried) {
        return 60_000;
    }

    @Override
    public long unknownIdGraceMs() {
        return 10_000;
    }
}
