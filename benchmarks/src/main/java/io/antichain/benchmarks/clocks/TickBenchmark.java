package io.antichain.benchmarks.clocks;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Collections;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to make the clock of a process's next event, in turn for 32 clocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TickBenchmark {
    private static final int CLOCKS = 32;
    private static final long SEED = 20_261_129L;

    /** The entries of a clock. */
    @Param({"4", "64", "1000"})
    public int size;

    private ClockPairs clocks;
    private ProcessId process;
    private String pekkoNode;
    private UUID hazelcastReplica;

    /** Draws the clocks, the same for each library. */
    @Setup
    public void drawClocks() {
        clocks = new ClockPairs(Collections.nCopies(CLOCKS, PairKind.EQUAL), size, new Random(SEED));
        String name = ClockPair.name(size / 2);
        process = ProcessId.of(name);
        pekkoNode = ClockPair.pekkoNode(name);
        hazelcastReplica = ClockPair.hazelcastReplica(name);
    }

    /** This project's clock. */
    @Benchmark
    public VectorClock antichain() {
        return clocks.ours[clocks.turn()].tick(process);
    }

    /** Pekko's, which cannot be changed either. */
    @Benchmark
    public Object pekko() {
        return clocks.pekko[clocks.turn()].$colon$plus(pekkoNode);
    }

    /** Hazelcast's, ticked in a copy, so that the clock stays as it was, too. */
    @Benchmark
    public Object hazelcast() {
        return ticked(new com.hazelcast.cluster.impl.VectorClock(clocks.hazelcast[clocks.turn()]));
    }

    /** Hazelcast's, ticked itself. */
    @Benchmark
    public Object hazelcastInPlace() {
        return ticked(clocks.hazelcast[clocks.turn()]);
    }

    private Object ticked(com.hazelcast.cluster.impl.VectorClock clock) {
        clock.setReplicaTimestamp(hazelcastReplica, clock.getTimestampForReplica(hazelcastReplica) + 1);
        return clock;
    }
}
