package io.antichain.benchmarks.clocks;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
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

/** The time to read a clock from bytes, in turn for 32 clocks; of this project's, the whole stamp. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private static final int CLOCKS = 32;
    private static final long SEED = 20_261_129L;

    /** The entries of a clock. */
    @Param({"4", "64", "1000"})
    public int size;

    /** How many sets of processes take turns: with one, each stamp has those of the one before. */
    @Param({"1", "2", "4"})
    public int sets;

    private final byte[][] ours = new byte[2 * CLOCKS][];
    private final byte[][] pekko = new byte[2 * CLOCKS][];
    private final byte[][] hazelcast = new byte[2 * CLOCKS][];
    private ClockPairs clocks;

    /** Draws and writes the clocks, the same for each library. */
    @Setup
    public void drawBytes() throws IOException {
        clocks = new ClockPairs(Collections.nCopies(CLOCKS, PairKind.EQUAL), size, new Random(SEED));
        Stamp[] stamps = clocks.stamps();
        for (int i = 0; i < stamps.length; i++) {
            ours[i] = BinaryForm.encode(inLife(i / 2 % sets, stamps[i]));
            pekko[i] = PekkoBytes.encoded(clocks.pekko[i]);
            hazelcast[i] = HazelcastBytes.encoded(clocks.hazelcast[i]);
            boolean agreed = PekkoBytes.decoded(pekko[i]).equals(clocks.pekko[i])
                    && HazelcastBytes.decoded(hazelcast[i]).equals(clocks.hazelcast[i]);
            if (!agreed) {
                throw new IllegalStateException("Every clock comes back from its bytes: clock=" + stamps[i].clock());
            }
        }
    }

    /** This project's stamp. */
    @Benchmark
    public Stamp antichain() {
        return BinaryForm.decodeStamp(ours[clocks.turn()]);
    }

    /** Pekko's clock. */
    @Benchmark
    public Object pekko() throws IOException {
        return PekkoBytes.decoded(pekko[clocks.turn()]);
    }

    /** Hazelcast's clock. */
    @Benchmark
    public Object hazelcast() throws IOException {
        return HazelcastBytes.decoded(hazelcast[clocks.turn()]);
    }

    /** The same stamp of the same names, whose processes are others. */
    private static Stamp inLife(int incarnation, Stamp stamp) {
        Map<ProcessId, Long> entries = new HashMap<>();
        stamp.clock().forEach((process, counter) -> entries.put(new ProcessId(process.name(), incarnation), counter));
        Dot dot = new Dot(
                new ProcessId(stamp.dot().process().name(), incarnation),
                stamp.dot().counter());
        return new Stamp(dot, VectorClock.of(entries), stamp.lamport());
    }
}
