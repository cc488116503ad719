package io.antichain.benchmarks.engine;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.SourcePartition;
import io.antichain.schemas.codec.BytesEncoder;
import io.antichain.schemas.codec.ConflictWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How many conflict records a second are written as bytes, of an event that is concurrent with a run of every other process. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ConflictRecordBenchmark {
    private static final int BURST = 10;
    private static final long SEED = 20_260_105L;
    private static final byte[] HEAD = new byte[5];

    /** How many write the log. */
    @Param({"4", "16", "64", "256", "1000"})
    public int processes;

    private Conflict conflict;

    /** Finds the record of the last event of the second burst. */
    @Setup
    public void find() {
        conflict = lastOfABurst(processes);
    }

    /** Its bytes. */
    @Benchmark
    public byte[] write() {
        return written(conflict);
    }

    /** How many bytes the record has. */
    static int bytes(int processes) {
        return written(lastOfABurst(processes)).length;
    }

    private static byte[] written(Conflict conflict) {
        BytesEncoder encoder = new BytesEncoder(HEAD, 64 + 48 * conflict.runs().size());
        ConflictWriter.write(conflict, encoder);
        return encoder.toBytes();
    }

    private static Conflict lastOfABurst(int processes) {
        BurstLog log = new BurstLog(processes, BURST, SEED);
        OrderEngine engine = OrderEngine.over(
                io.antichain.schemas.Scope.ALL, EngineLimits.DEFAULT, new SourcePartition("events", 0));
        Outcome outcome = null;
        for (int offset = 0; offset < 2 * BURST * processes; offset++) {
            outcome = engine.arrive(log.next(), offset, 0);
        }
        return ((Outcome.Recorded) outcome).conflict();
    }
}
