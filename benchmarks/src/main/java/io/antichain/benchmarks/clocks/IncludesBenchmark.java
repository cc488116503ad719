package io.antichain.benchmarks.clocks;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to look up whether an event is in a history of 64 processes, for an event of each process in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IncludesBenchmark {
    private static final int SIZE = 64;

    private final Dot[] ownDots = new Dot[SIZE];
    private final Dot[] decodedDots = new Dot[SIZE];
    private final Dot[] strangersDots = new Dot[SIZE];
    private VectorClock clock;
    private int next;

    /** Makes a clock, and dots whose processes are the clock's own objects, equal ones, and others. */
    @Setup
    public void drawDots() {
        long[] entries = new long[SIZE];
        Arrays.setAll(entries, i -> 20 + i);
        clock = ClockPair.ours(entries);
        clock.forEach((process, counter) -> ownDots[next++] = new Dot(process, 40));
        for (int i = 0; i < SIZE; i++) {
            decodedDots[i] = new Dot(ProcessId.of(ClockPair.name(i)), 40);
            strangersDots[i] = new Dot(ProcessId.of("stranger-" + i), 1);
        }
        next = 0;
    }

    /** Dots whose process is the very object that the clock holds. */
    @Benchmark
    public boolean own() {
        return clock.includes(ownDots[turn()]);
    }

    /** Dots that were decoded elsewhere: equal processes, other objects. */
    @Benchmark
    public boolean decoded() {
        return clock.includes(decodedDots[turn()]);
    }

    /** Dots of processes that the clock has no entry for. */
    @Benchmark
    public boolean strangers() {
        return clock.includes(strangersDots[turn()]);
    }

    private int turn() {
        next = (next + 1) & (SIZE - 1);
        return next;
    }
}
