package io.antichain.analyzer.topology;

import io.antichain.schemas.registry.DecodingException.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting. */
final class CountedPatience implements Patience {
    final List<Failure> waits = new ArrayList<>();
    Runnable onWait = () -> {};
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
