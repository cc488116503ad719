package io.antichain.benchmarks.engine;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.schemas.Event;
import io.antichain.schemas.SourcePartition;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The time an engine takes to place an event of an endless log, conflict record included. In the log that is in order no event is in
 * conflict: what that takes is the question's cost, and what another takes more is the answer's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EngineBenchmark {
    static final int CHUNK = 4_000;
    private static final long SEED = 20_260_105L;

    /** What processes know when they publish. */
    public enum Log {
        /** All that was published before. */
        IN_ORDER(processes -> new BurstLog(processes, 0, SEED)),
        /** Most of it: see {@link GeneratedLog}. */
        BEHIND(processes -> new GeneratedLog(processes, SEED)),
        /** Nothing of ten messages that each publishes at once. */
        BURSTS(processes -> new BurstLog(processes, 10, SEED));

        private final IntFunction<EndlessLog> begin;

        Log(IntFunction<EndlessLog> begin) {
            this.begin = begin;
        }
    }

    /** How many write the log. */
    @Param({"4", "16", "64", "256", "1000"})
    public int processes;

    /** How they write it. */
    @Param({"IN_ORDER", "BEHIND", "BURSTS"})
    public Log log;

    private final Event[] chunk = new Event[CHUNK];
    private EndlessLog events;
    private OrderEngine engine;
    private long offset;

    /** What was found, so that a figure can be read beside the conflicts it stands for. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Found {
        /** Events placed. */
        public long events;

        /** Events with a conflict record. */
        public long conflicts;

        /** Runs in these records. */
        public long runs;

        /** Pairs in these runs. */
        public long pairs;
    }

    /** A new engine that has heard nothing; its window fills as it warms up. */
    @Setup(Level.Trial)
    public void startOver() {
        events = log.begin.apply(processes);
        engine = OrderEngine.over(
                io.antichain.schemas.Scope.ALL, EngineLimits.DEFAULT, new SourcePartition("events", 0));
        offset = 0;
    }

    /** Generates what is placed next, off the clock. */
    @Setup(Level.Invocation)
    public void generate() {
        for (int i = 0; i < CHUNK; i++) {
            chunk[i] = events.next();
        }
    }

    /** Places one chunk. */
    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public void arrive(Found found) {
        for (Event event : chunk) {
            Outcome outcome = engine.arrive(event, offset++, 0);
            found.events++;
            if (outcome instanceof Outcome.Recorded recorded) {
                found.conflicts++;
                found.runs += recorded.conflict().runs().size();
                found.pairs += recorded.conflict().pairs();
            }
        }
    }
}
