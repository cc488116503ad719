package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution.Shape;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The engine against the definition, on random executions; and against itself, restored from any earlier frontier. */
class EngineAgainstDefinitionTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 20_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    @BeforeAll
    static void printSeeds() {
        System.out.println(
                "order engine against reachability: seeds " + FIRST_SEED + " to " + (FIRST_SEED + EXECUTIONS - 1));
    }

    @Test
    void reportsEachConcurrentPairOnceAndNoOther() {
        long pairs = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            pairs += checked(seed).pairs();
        }
        assertThat(pairs).as("the executions drawn have concurrent pairs").isGreaterThan(EXECUTIONS);
    }

    @Test
    void sameSeedGivesTheSameBytes() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 50; seed++) {
            assertThat(checked(seed).frontiers())
                    .as("seed %d", seed)
                    .isEqualTo(checked(seed).frontiers());
        }
    }

    private record Checked(long pairs, List<List<Byte>> frontiers) {}

    private static Checked checked(long seed) {
        Random random = new Random(seed);
        boolean native_ = random.nextInt(4) > 0;
        Execution execution = Execution.random(Shape.random(random, native_), random);
        List<Arrival> arrivals =
                native_ ? Arrival.inPartitionOrder(execution, random) : Arrival.inLaneOrder(execution, random);
        arrivals = random.nextBoolean() ? Arrival.withIntruders(arrivals, random) : arrivals;
        boolean patient = random.nextInt(3) > 0;
        int settleEvery = 1 + random.nextInt(20);
        long forEver = Long.MAX_VALUE;
        EngineLimits limits = patient
                ? new EngineLimits(100, 1_000_000, forEver, forEver, forEver, settleEvery)
                : new EngineLimits(
                        100, 1_000_000, 1 + random.nextInt(60), 1 + random.nextInt(3_000), forEver, settleEvery);
        int[] all = IntStream.range(0, execution.partitions()).toArray();
        Checked checked = new Checked(0, new ArrayList<>());
        checked = run(Scope.ALL, limits, execution, arrivals, all, !native_, random, seed, checked);
        for (int partition : all) {
            List<Arrival> there =
                    arrivals.stream().filter(a -> a.partition() == partition).toList();
            int[] one = {partition};
            checked = run(Scope.KEY, limits, execution, there, one, !native_, random, seed, checked);
        }
        return checked;
    }

    private static Checked run(
            Scope scope,
            EngineLimits limits,
            Execution execution,
            List<Arrival> arrivals,
            int[] partitions,
            boolean announced,
            Random random,
            long seed,
            Checked before) {
        OrderEngine engine = scope == Scope.ALL
                ? OrderEngine.overAll(limits, partitions)
                : OrderEngine.overKeys(limits, partitions[0]);
        if (announced) {
            arrivals.forEach(arrival -> engine.announce(arrival.event().process()));
        }
        Oracle oracle = new Oracle(execution, scope, limits.silentAfterMs() == Long.MAX_VALUE, seed);
        Rerun rerun = new Rerun(limits, arrivals, partitions, random);
        for (int i = 0; i < arrivals.size(); i++) {
            rerun.mayTakeFrontier(engine, i);
            Arrival arrival = arrivals.get(i);
            Outcome outcome =
                    engine.arrive(arrival.event(), arrival.partition(), arrival.offset(), arrival.logTimeMs());
            oracle.check(arrival, outcome);
            rerun.original(outcome);
        }
        oracle.checkMissing(arrivals, engine.reportMissing(), Kind.GAP);
        byte[] end = engine.frontier();
        rerun.assertSame(end, seed);
        List<List<Byte>> frontiers = new ArrayList<>(before.frontiers());
        List<Byte> boxed = new ArrayList<>();
        for (byte b : end) {
            boxed.add(b);
        }
        frontiers.add(boxed);
        return new Checked(before.pairs() + oracle.pairs(), frontiers);
    }
}
