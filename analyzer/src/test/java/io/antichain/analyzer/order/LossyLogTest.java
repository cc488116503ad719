package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution.Shape;
import io.antichain.schemas.Scope;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine against the definition where it need not be told everything: retention has deleted records that it still
 * wanted, or topics are read out of step. A complete record is exact all the same, an incomplete one names nothing wrong.
 */
class LossyLogTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 20_000) / 4;
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final long FOR_EVER = Long.MAX_VALUE;

    @ParameterizedTest
    @EnumSource(Scope.class)
    void whatTheLogLostMakesRecordsIncompleteAndNoneWrong(Scope scope) {
        long incomplete = 0;
        long pairs = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            Oracle oracle = truncated(scope, seed);
            incomplete += oracle.incomplete();
            pairs += oracle.pairs();
        }
        assertThat(pairs).as("the executions drawn have concurrent pairs").isGreaterThan(EXECUTIONS);
        assertThat(incomplete).as("and what was lost matters").isGreaterThan(EXECUTIONS / 10);
    }

    @Test
    void topicsReadOutOfStepGiveCompleteRecordsThatAreExactAndRefuseEveryCopy() {
        long pairs = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            Random random = new Random(seed);
            Execution execution = Execution.random(Shape.random(random, true), random);
            List<Arrival> arrivals = Arrival.withCopies(Arrival.inTopics(execution, random), random);
            int[] all = IntStream.range(0, execution.partitions()).toArray();
            OrderEngine engine = OrderEngine.overTopics(Scope.ALL, limits(random), all);
            Oracle oracle = new Oracle(execution, Scope.ALL, false, seed);
            for (Arrival arrival : arrivals) {
                oracle.check(arrival, arrive(engine, arrival));
            }
            pairs += oracle.pairs();
        }
        assertThat(pairs).as("the executions drawn have concurrent pairs").isGreaterThan(EXECUTIONS);
    }

    private static Oracle truncated(Scope scope, long seed) {
        Random random = new Random(seed);
        Execution execution = Execution.random(Shape.random(random, true), random);
        List<Arrival> arrivals = Arrival.inPartitionOrder(execution, random);
        int[] partitions = IntStream.range(0, execution.partitions()).toArray();
        int torn = random.nextInt(partitions.length);
        if (scope == Scope.KEY) {
            partitions = new int[] {torn};
            arrivals = arrivals.stream().filter(a -> a.partition() == torn).toList();
        }
        EngineLimits limits = limits(random);
        OrderEngine engine =
                scope == Scope.ALL ? OrderEngine.overAll(limits, partitions) : OrderEngine.overKeys(limits, torn);
        Oracle oracle = new Oracle(execution, scope, false, seed);
        int taken = random.nextInt(arrivals.size() + 1);
        arrivals.subList(0, taken).forEach(arrival -> oracle.check(arrival, arrive(engine, arrival)));

        OrderEngine restored = OrderEngine.restored(engine.frontier(), limits);
        long earliest = restored.replayFrom(torn) + random.nextInt(40);
        for (Arrival arrival : arrivals.subList(0, taken)) {
            if (isLost(arrival, torn, earliest)) {
                oracle.lost(arrival);
            } else if (arrival.offset() >= restored.replayFrom(arrival.partition())) {
                assertThat(arrive(restored, arrival)).isEqualTo(Outcome.Known.KNOWN);
            }
        }
        restored.truncated(torn, earliest);
        for (Arrival arrival : arrivals.subList(taken, arrivals.size())) {
            if (isLost(arrival, torn, earliest)) {
                oracle.lost(arrival);
            } else {
                oracle.check(arrival, arrive(restored, arrival));
            }
        }
        return oracle;
    }

    private static boolean isLost(Arrival arrival, int torn, long earliest) {
        return arrival.partition() == torn && arrival.offset() < earliest;
    }

    private static EngineLimits limits(Random random) {
        return new EngineLimits(100, 1_000_000, FOR_EVER, FOR_EVER, FOR_EVER, 1 + random.nextInt(20));
    }

    private static Outcome arrive(OrderEngine engine, Arrival arrival) {
        return engine.arrive(arrival.event(), arrival.partition(), arrival.offset(), arrival.logTimeMs());
    }
}
