package io.antichain.benchmarks.clocks;

import io.antichain.clocks.CausalOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/** The time to tell which of the four outcomes two whole clocks have, in turn for 128 pairs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompareBenchmark {
    private static final int PAIRS = 128;
    private static final long SEED = 20_260_105L;

    /** The entries of a clock. */
    @Param({"4", "16", "64"})
    public int size;

    /** How the two clocks relate. */
    @Param
    public PairKind relation;

    private ClockPairs clocks;

    /** Draws the pairs, the same for each library, and checks that all three see the relation that was meant. */
    @Setup
    public void drawClocks() {
        Random random = new Random(SEED);
        List<PairKind> relations = relations(random);
        clocks = new ClockPairs(relations, size, random);
        for (int i = 0; i < 2 * PAIRS; i += 2) {
            PairKind meant = relations.get(i / 2);
            CausalOrder order = clocks.ours[i].compare(clocks.ours[i + 1]);
            boolean agreed = order
                            == switch (meant) {
                                case EQUAL -> CausalOrder.EQUAL;
                                case BEFORE, BEFORE_WIDER -> CausalOrder.BEFORE;
                                case CONCURRENT, CONCURRENT_WIDER -> CausalOrder.CONCURRENT;
                                case MIXED -> throw new IllegalStateException("A pair has one relation");
                            }
                    && order == fourOutcomes(clocks.hazelcast[i], clocks.hazelcast[i + 1])
                    && clocks.pekko[i].compareTo(clocks.pekko[i + 1]).toString().equals(pekkoName(order));
            if (!agreed) {
                throw new IllegalStateException("All libraries see the relation that was drawn: relation=" + meant
                        + ", pair=" + clocks.ours[i] + " " + clocks.ours[i + 1]);
            }
        }
    }

    /** This project's clock. */
    @Benchmark
    public CausalOrder antichain() {
        int pair = clocks.turn();
        return clocks.ours[pair].compare(clocks.ours[pair + 1]);
    }

    /** Pekko's, which has the four outcomes too. */
    @Benchmark
    public Object pekko() {
        int pair = clocks.turn();
        return clocks.pekko[pair].compareTo(clocks.pekko[pair + 1]);
    }

    /** Hazelcast's, made to give the four outcomes. */
    @Benchmark
    public CausalOrder hazelcast() {
        int pair = clocks.turn();
        return fourOutcomes(clocks.hazelcast[pair], clocks.hazelcast[pair + 1]);
    }

    /** Hazelcast's one question, which tells one outcome from three. */
    @Benchmark
    public boolean hazelcastIsAfter() {
        int pair = clocks.turn();
        return clocks.hazelcast[pair + 1].isAfter(clocks.hazelcast[pair]);
    }

    private List<PairKind> relations(Random random) {
        List<PairKind> each = new ArrayList<>(List.of(PairKind.values()));
        each.remove(PairKind.MIXED);
        List<PairKind> relations = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            relations.add(relation == PairKind.MIXED ? each.get(i % each.size()) : relation);
        }
        Collections.shuffle(relations, random);
        return relations;
    }

    /** Hazelcast has equality and "is after": at most three questions, in the order that needs fewest for most pairs. */
    private static CausalOrder fourOutcomes(
            com.hazelcast.cluster.impl.VectorClock a, com.hazelcast.cluster.impl.VectorClock b) {
        if (b.isAfter(a)) {
            return CausalOrder.BEFORE;
        }
        if (a.isAfter(b)) {
            return CausalOrder.AFTER;
        }
        return a.equals(b) ? CausalOrder.EQUAL : CausalOrder.CONCURRENT;
    }

    private static String pekkoName(CausalOrder order) {
        return switch (order) {
            case EQUAL -> "Same";
            case BEFORE -> "Before";
            case AFTER -> "After";
            case CONCURRENT -> "Concurrent";
        };
    }
}
