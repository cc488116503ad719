package io.antichain.benchmarks.engine;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.CausalOrder;
import io.antichain.schemas.Event;
import io.antichain.schemas.SourcePartition;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All concurrent pairs of 20,000 events: by the engine, and by comparing every pair with two look-ups in the clocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AllPairsBenchmark {
    private static final int EVENTS = 20_000;
    private static final long SEED = 20_260_105L;

    /** How many write the log. */
    @Param({"4", "16", "64"})
    public int processes;

    private final Event[] events = new Event[EVENTS];

    /** Draws the events, and checks that both ways find as many pairs. */
    @Setup
    public void generate() {
        GeneratedLog log = new GeneratedLog(processes, SEED);
        for (int i = 0; i < EVENTS; i++) {
            events[i] = log.next();
        }
        if (engine() != everyPair()) {
            throw new IllegalStateException("Both ways find the same pairs: engine=" + engine() + ", every pair="
                    + everyPair() + "; one of them is wrong");
        }
    }

    /** The engine. */
    @Benchmark
    public long engine() {
        OrderEngine engine = OrderEngine.over(
                io.antichain.schemas.Scope.ALL, EngineLimits.DEFAULT, new SourcePartition("events", 0));
        long offset = 0;
        long pairs = 0;
        for (Event event : events) {
            if (engine.arrive(event, offset++, 0) instanceof Outcome.Recorded recorded) {
                pairs += recorded.conflict().pairs();
            }
        }
        return pairs;
    }

    /** The definition. */
    @Benchmark
    public long everyPair() {
        long pairs = 0;
        for (int i = 0; i < EVENTS; i++) {
            for (int j = 0; j < i; j++) {
                CausalOrder order = CausalOrder.between(
                        events[i].dot(),
                        events[i].clock().orElseThrow(),
                        events[j].dot(),
                        events[j].clock().orElseThrow());
                pairs += order == CausalOrder.CONCURRENT ? 1 : 0;
            }
        }
        return pairs;
    }
}
