package io.antichain.analyzer.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Arrival;
import io.antichain.analyzer.order.Execution;
import io.antichain.analyzer.order.Execution.Published;
import io.antichain.analyzer.order.Execution.Shape;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the view answers, against what really influenced what: random executions that it holds whole or in part, over several
 * partitions, in any order of arrival, with records between them that must not count.
 */
class ViewAgainstDefinitionTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 2_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    @BeforeAll
    static void printSeeds() {
        System.out.println("view against reachability: seeds " + FIRST_SEED + " to " + (FIRST_SEED + EXECUTIONS - 1));
    }

    @Test
    void itAnswersAsTheDefinitionDoes() {
        long answers = 0;
        long open = 0;
        long forgotten = 0;
        long lies = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            Random random = new Random(seed);
            Execution execution = Execution.random(Shape.random(random), random);
            int limit = random.nextBoolean() ? 1_000 : 1 + random.nextInt(80);
            View view = new View(new ViewLimits(limit));
            ViewOracle oracle = new ViewOracle(execution, limit, seed);
            for (Published published : arrivals(execution, random)) {
                Position at = new Position("events", published.partition(), published.offset());
                view.tell(published.event(), at, published.logTimeMs());
                oracle.arrived(published);
                if (random.nextInt(4) == 0) {
                    Event lie = lie(oracle.anyHeld(random), random);
                    view.tell(lie, new Position("events", 9, lies++), 0);
                }
                if (random.nextInt(20) == 0) {
                    view.settle();
                    oracle.check(view, random);
                }
            }
            view.settle();
            oracle.check(view, random);
            answers += oracle.answers();
            open += oracle.openKeys();
            forgotten += oracle.forgotten();
        }
        assertThat(answers).isGreaterThan(EXECUTIONS);
        assertThat(lies).as("records that do not count").isGreaterThan(EXECUTIONS);
        assertThat(open).as("keys found open").isGreaterThan(EXECUTIONS / 2);
        assertThat(forgotten).as("events forgotten").isGreaterThan(EXECUTIONS);
    }

    /** The events: each partition in its order, or overtaking each other a little, or in any order at all. */
    private static List<Published> arrivals(Execution execution, Random random) {
        List<Published> arrivals = new ArrayList<>();
        for (Arrival arrival : Arrival.inPartitionOrder(execution, random)) {
            arrival.genuine().ifPresent(arrivals::add);
        }
        int within = random.nextInt(3) == 0 ? arrivals.size() : random.nextInt(6);
        for (int from = 0; from + within <= arrivals.size() && within > 1; from += within) {
            Collections.shuffle(arrivals.subList(from, from + within), random);
        }
        return arrivals;
    }

    /**
     * What must not count next to an event that is held: the same again, another with its dot, or one whose clock is not
     * between those of its neighbours.
     */
    private static Event lie(Event held, Random random) {
        long by = random.nextInt(3) - 1;
        TreeMap<ProcessId, Long> entries =
                new TreeMap<>(held.clock().orElseThrow().entries());
        List<ProcessId> others = entries.keySet().stream()
                .filter(process -> !process.equals(held.process()) && entries.get(process) + by > 0)
                .toList();
        if (others.isEmpty()) {
            return held;
        }
        entries.merge(others.get(random.nextInt(others.size())), by, Long::sum);
        long counter = Math.max(1, held.counter() - by * random.nextInt(2));
        entries.put(held.process(), counter);
        return new Event(
                held.process(),
                counter,
                Optional.of(VectorClock.of(entries)),
                held.lamport(),
                held.key(),
                "a lie",
                0,
                held.kind());
    }
}
