package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution.Shape;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The engine against the definition, on random executions; and against itself, restored from any earlier frontier. */
class EngineAgainstDefinitionTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 20_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final long[] WINDOWS = {5, 20, 60, NO_LIMIT};

    /** What a seed has drawn, for one scope. */
    private record Drawn(
            Scope scope, EngineLimits limits, PairRule rule, Execution execution, List<Arrival> arrivals, long seed) {
        OrderEngine engine() {
            return EngineAgainstDefinitionTest.engine(scope, limits);
        }

        Oracle oracle(String about) {
            return new Oracle(
                    execution, scope, limits, 0, rule, "seed " + seed + ", scope " + scope + ", " + rule + about);
        }
    }

    private final Sums sums = new Sums();

    private static final class Sums {
        long pairs;
        long complete;
        long incomplete;
        long remembered;
        long ruled;
        final List<byte[]> ends = new ArrayList<>();
    }

    @BeforeAll
    static void printSeeds() {
        System.out.println(
                "order engine against reachability: seeds " + FIRST_SEED + " to " + (FIRST_SEED + EXECUTIONS - 1));
    }

    @Test
    void reportsEachConcurrentPairWithinTheWindowOnceAndNoOther() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            check(seed);
        }
        System.out.printf(
                "order engine against reachability: pairs=%d, of them with a sibling beyond the window=%d, complete=%d,"
                        + " incomplete=%d%n",
                sums.pairs, sums.remembered, sums.complete, sums.incomplete);
        assertThat(sums.pairs).as("the executions drawn have concurrent pairs").isGreaterThan(10L * EXECUTIONS);
        assertThat(sums.remembered)
                .as("of them, pairs with a remembered sibling")
                .isGreaterThan(EXECUTIONS / 10);
        assertThat(sums.complete).isGreaterThan(10L * EXECUTIONS);
        assertThat(sums.incomplete).isGreaterThan(EXECUTIONS);
        assertThat(sums.ruled).as("executions with conditions on pairs").isGreaterThan(EXECUTIONS / 10);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 50; seed++) {
            check(seed);
            List<byte[]> first = List.copyOf(sums.ends);
            sums.ends.clear();
            check(seed);
            assertThat(sums.ends.toArray(byte[][]::new))
                    .as("seed %d", seed)
                    .isDeepEqualTo(first.toArray(byte[][]::new));
            sums.ends.clear();
        }
    }

    @Test
    void leavingOldEntriesOutOfStampsChangesNoVerdict() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS / 10; seed++) {
            Random random = new Random(seed);
            int window = 5 + random.nextInt(10);
            int forgetAfter = 3 * window + 80;
            Shape shape = Shape.random(random).forgetting(forgetAfter);
            Execution execution = Execution.random(shape, random);
            List<Arrival> arrivals = Arrival.broughtTogether(Arrival.inStep(execution, 30, random), PairRule.NONE);
            EngineLimits limits =
                    new EngineLimits(1_000, 1_000_000, window, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);
            OrderEngine engine = engine(Scope.ALL, limits);
            Oracle oracle =
                    new Oracle(execution, Scope.ALL, limits, forgetAfter, PairRule.NONE, "forgetting, seed " + seed);
            arrivals.forEach(arrival -> check(arrival, engine, oracle));
            assertThat(oracle.pairs() + oracle.complete()).as("seed %d", seed).isPositive();
        }
    }

    private void check(long seed) {
        Random random = new Random(seed);
        Execution execution = Execution.random(Shape.random(random), random);
        List<Arrival> arrivals = Arrival.inPartitionOrder(execution, random);
        boolean isLossy = random.nextInt(5) == 0;
        arrivals = random.nextBoolean() ? Arrival.withRepeats(arrivals, random) : arrivals;
        arrivals = !isLossy && random.nextBoolean() ? Arrival.withLies(arrivals, random) : arrivals;
        PairRule rule = PairRule.random(random);
        sums.ruled += rule.isAny() ? 1 : 0;
        arrivals = Arrival.broughtTogether(arrivals, rule);
        long keyBytes = random.nextInt(4) == 0 ? 150_000 : NO_LIMIT;
        long window = WINDOWS[random.nextInt(WINDOWS.length)];
        EngineLimits limits =
                new EngineLimits(1_000, 1_000_000, window, NO_LIMIT, NO_LIMIT, keyBytes, NO_LIMIT, NO_LIMIT);
        for (Scope scope : Scope.values()) {
            Drawn drawn = new Drawn(scope, limits, rule, execution, arrivals, seed);
            if (isLossy) {
                runOverLossyLog(drawn, random);
            } else {
                run(drawn, random);
            }
        }
    }

    private static OrderEngine engine(Scope scope, EngineLimits limits) {
        return OrderEngine.over(scope, limits, new SourcePartition("order-all", 0));
    }

    private void run(Drawn drawn, Random random) {
        OrderEngine engine = drawn.engine();
        Oracle oracle = drawn.oracle("");
        Rerun rerun = new Rerun(drawn.limits, drawn.arrivals, random);
        for (int i = 0; i < drawn.arrivals.size(); i++) {
            rerun.mayTakeFrontier(engine, i);
            rerun.original(check(drawn.arrivals.get(i), engine, oracle));
        }
        oracle.checkMissing(engine.reportMissing());
        byte[] end = engine.frontier();
        if (drawn.limits.keyBytes() == NO_LIMIT) { // else other keys may be forgotten
            rerun.assertSame(end, drawn.seed);
        }
        add(oracle, end);
    }

    /** Retention deletes records before they are read: those at the beginning, and others on the way. */
    private void runOverLossyLog(Drawn drawn, Random random) {
        OrderEngine engine = drawn.engine();
        Oracle oracle = drawn.oracle(", lossy");
        long[] goneUntil = new long[drawn.execution.partitions()];
        for (int p = 0; p < goneUntil.length; p++) {
            goneUntil[p] = random.nextBoolean() ? random.nextInt(20) : 0;
        }
        for (Arrival arrival : drawn.arrivals) {
            int partition = arrival.partition();
            if (random.nextInt(60) == 0) {
                goneUntil[partition] = arrival.offset() + random.nextInt(20);
            }
            if (arrival.offset() < goneUntil[partition]) {
                engine.deletedUnread(1);
                arrival.genuine().ifPresent(oracle::deleted);
            } else {
                check(arrival, engine, oracle);
            }
        }
        add(oracle, engine.frontier());
    }

    private static Outcome check(Arrival arrival, OrderEngine engine, Oracle oracle) {
        Outcome outcome = arrival.tell(engine);
        oracle.check(arrival, outcome);
        return outcome;
    }

    private void add(Oracle oracle, byte[] end) {
        sums.pairs += oracle.pairs();
        sums.complete += oracle.complete();
        sums.incomplete += oracle.incomplete();
        sums.remembered += oracle.remembered();
        sums.ends.add(end);
    }
}
