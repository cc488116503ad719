package io.antichain.benchmarks.clocks;

import io.antichain.clocks.VectorClock;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to merge two clocks, in turn for 32 pairs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {
    private static final int PAIRS = 32;
    private static final long SEED = 20_261_129L;

    /** The entries of a clock. */
    @Param({"4", "64", "1000"})
    public int size;

    /** How the two clocks relate. */
    @Param({"EQUAL", "BEFORE", "CONCURRENT", "CONCURRENT_WIDER"})
    public PairKind relation;

    private ClockPairs clocks;

    /** Draws the pairs, the same for each library. */
    @Setup
    public void drawClocks() {
        clocks = new ClockPairs(Collections.nCopies(PAIRS, relation), size, new Random(SEED));
    }

    /** This project's clock. */
    @Benchmark
    public VectorClock antichain() {
        int pair = clocks.turn();
        return clocks.ours[pair].merge(clocks.ours[pair + 1]);
    }

    /** Pekko's, which cannot be changed either. */
    @Benchmark
    public Object pekko() {
        int pair = clocks.turn();
        return clocks.pekko[pair].merge(clocks.pekko[pair + 1]);
    }

    /** Hazelcast's, merged into a copy, so that both clocks stay as they were, too. */
    @Benchmark
    public Object hazelcast() {
        int pair = clocks.turn();
        var merged = new com.hazelcast.cluster.impl.VectorClock(clocks.hazelcast[pair]);
        merged.merge(clocks.hazelcast[pair + 1]);
        return merged;
    }

    /** Hazelcast's, merged into the first clock itself, which includes the second from the second turn on. */
    @Benchmark
    public Object hazelcastInPlace() {
        int pair = clocks.turn();
        clocks.hazelcast[pair].merge(clocks.hazelcast[pair + 1]);
        return clocks.hazelcast[pair];
    }
}
