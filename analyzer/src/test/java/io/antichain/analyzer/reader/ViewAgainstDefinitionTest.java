package io.antichain.analyzer.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Arrival;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.Execution;
import io.antichain.analyzer.order.Execution.Shape;
import io.antichain.analyzer.reader.HeldEvent.Position;
import io.antichain.schemas.Scope;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the view answers, against what really influenced what, on random executions that it holds whole or in part. */
class ViewAgainstDefinitionTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 2_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final EngineLimits LIMITS =
            new EngineLimits(100, 1_000_000, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 8);
    private static final String TOPIC = "events";

    @BeforeAll
    static void printSeeds() {
        System.out.println("view against reachability: seeds " + FIRST_SEED + " to " + (FIRST_SEED + EXECUTIONS - 1));
    }

    @Test
    void itAnswersAsTheDefinitionDoes() {
        long answers = 0;
        long open = 0;
        long forgotten = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            ViewOracle oracle = run(seed);
            answers += oracle.answers();
            open += oracle.openKeys();
            forgotten += oracle.forgotten();
        }
        assertThat(answers).isGreaterThan(EXECUTIONS);
        assertThat(open).as("keys found open").isGreaterThan(EXECUTIONS / 2);
        assertThat(forgotten).as("events forgotten").isGreaterThan(EXECUTIONS);
    }

    private static ViewOracle run(long seed) {
        Random random = new Random(seed);
        Execution execution = Execution.random(Shape.random(random, random.nextBoolean()), random);
        List<Arrival> arrivals = Arrival.inPartitionOrder(execution, random);
        arrivals = random.nextBoolean() ? Arrival.withIntruders(arrivals, random) : arrivals;
        int limit = random.nextBoolean() ? 1_000 : 1 + random.nextInt(80);
        Scope scope = execution.partitions() == 1 && random.nextBoolean() ? Scope.ALL : Scope.KEY;
        View view = new View(new ViewLimits(limit), scope, LIMITS, List.of(TOPIC));
        ViewOracle oracle = new ViewOracle(execution, limit, seed);
        for (Arrival arrival : arrivals) {
            view.tell(arrival.event(), new Position(TOPIC, arrival.partition(), arrival.offset()), arrival.logTimeMs());
            oracle.arrived(arrival);
            if (random.nextInt(20) == 0) {
                view.settle();
                oracle.check(view, random);
            }
        }
        view.settle();
        oracle.check(view, random);
        return oracle;
    }
}
