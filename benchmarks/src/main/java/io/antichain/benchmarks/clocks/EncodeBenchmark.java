package io.antichain.benchmarks.clocks;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Stamp;
import java.io.IOException;
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

/** The time to write a clock as bytes, in turn for 32 clocks; of this project's, the whole stamp. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
    private static final int CLOCKS = 32;
    private static final long SEED = 20_261_129L;

    /** The entries of a clock. */
    @Param({"4", "64", "1000"})
    public int size;

    private ClockPairs clocks;
    private Stamp[] stamps;

    /** Draws the clocks, the same for each library. */
    @Setup
    public void drawClocks() {
        clocks = new ClockPairs(Collections.nCopies(CLOCKS, PairKind.EQUAL), size, new Random(SEED));
        stamps = clocks.stamps();
    }

    /** This project's stamp. */
    @Benchmark
    public byte[] antichain() {
        return BinaryForm.encode(stamps[clocks.turn()]);
    }

    /** Pekko's clock. */
    @Benchmark
    public byte[] pekko() {
        return PekkoBytes.encoded(clocks.pekko[clocks.turn()]);
    }

    /** Hazelcast's clock. */
    @Benchmark
    public byte[] hazelcast() throws IOException {
        return HazelcastBytes.encoded(clocks.hazelcast[clocks.turn()]);
    }
}
