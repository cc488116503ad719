package io.antichain.benchmarks.engine;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;

/** An engine over one partition, with the log that it is fed, on a clock that runs only while events are placed. */
final class FedEngine {
    static final int CHUNK = 1_000;

    private final GeneratedLog log;
    private final OrderEngine engine =
            OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, new SourcePartition("events", 0));
    private final Event[] chunk = new Event[CHUNK];
    private long offset;

    FedEngine(int processes, long seed) {
        log = new GeneratedLog(processes, seed);
    }

    /** Places some more events, all at one log time, and says in how many ns; generating them is not counted. */
    long place(long events, long logTimeMs) {
        long ns = 0;
        for (long placed = 0; placed < events; placed += CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                chunk[i] = log.next();
            }
            long before = System.nanoTime();
            for (Event event : chunk) {
                engine.arrive(event, offset++, logTimeMs);
            }
            ns += System.nanoTime() - before;
        }
        return ns;
    }

    long held() {
        return engine.figures().held();
    }
}
