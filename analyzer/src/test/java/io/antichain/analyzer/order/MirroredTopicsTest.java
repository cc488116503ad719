package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two topics, each process at home in one of them, and copies of some records in the other: one order by dots. */
class MirroredTopicsTest {
    private record Placed(Event event, boolean copy) {}

    @ParameterizedTest
    @EnumSource(Scope.class)
    void eachPairIsReportedOnceAndCopiesAreDropped(Scope scope) {
        long pairs = 0;
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<List<Placed>> topics = topics(random);
            OrderEngine engine = OrderEngine.overTopics(scope, EngineLimits.DEFAULT, 0, 1);
            int[] next = new int[2];
            List<Event> arrived = new ArrayList<>();
            Map<Dot, Event> byDot = new HashMap<>();
            long mostHeld = 0;
            byte[] frontier = engine.frontier();
            while (next[0] < topics.get(0).size() || next[1] < topics.get(1).size()) {
                int topic = next[0] == topics.get(0).size()
                        ? 1
                        : next[1] == topics.get(1).size() ? 0 : readInStep(next, topics, random);
                Placed record = topics.get(topic).get(next[topic]);
                Outcome outcome = engine.arrive(record.event(), topic, next[topic]++, 0);
                boolean known = byDot.containsKey(dot(record.event()));
                if (known) {
                    assertThat(outcome)
                            .as("seed %d: %s", seed, record)
                            .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                                            refused.anomaly().kind())
                                    .isEqualTo(Anomaly.Kind.DUPLICATE));
                } else if (record.event().kind() == Event.Kind.MESSAGE) {
                    TreeSet<String> expected = concurrent(record.event(), arrived, scope);
                    pairs += expected.size();
                    assertThat(reported(outcome, byDot, scope))
                            .as("seed %d: %s", seed, record)
                            .isEqualTo(expected);
                    arrived.add(record.event());
                    byDot.put(dot(record.event()), record.event());
                }
                mostHeld = Math.max(mostHeld, engine.held());
                if (random.nextInt(50) == 0) {
                    frontier = engine.frontier();
                    engine = restored(frontier, topics, next);
                }
            }
            assertThat(mostHeld).as("seed %d", seed).isLessThan(250);
        }
        assertThat(pairs).isPositive();
    }

    private static OrderEngine restored(byte[] frontier, List<List<Placed>> topics, int[] next) {
        OrderEngine engine = OrderEngine.restored(frontier, EngineLimits.DEFAULT);
        for (int topic = 0; topic < 2; topic++) {
            for (long offset = engine.replayFrom(topic); offset < next[topic]; offset++) {
                Event event = topics.get(topic).get((int) offset).event();
                assertThat(engine.arrive(event, topic, offset, 0)).isEqualTo(Outcome.Known.KNOWN);
            }
        }
        return engine;
    }

    /** Neither topic more than some records ahead. */
    private static int readInStep(int[] next, List<List<Placed>> topics, Random random) {
        double first = (double) next[0] / topics.get(0).size();
        double second = (double) next[1] / topics.get(1).size();
        return Math.abs(first - second) < 0.05 ? random.nextInt(2) : first < second ? 0 : 1;
    }

    /** By home, in the order of publishing; copies stand in the other topic a while later, some twice. */
    private static List<List<Placed>> topics(Random random) {
        List<List<Placed>> topics = List.of(new ArrayList<>(), new ArrayList<>());
        List<Event> events = new GeneratedEvents(random, 4, 3).with(600);
        boolean mirrored = random.nextBoolean();
        for (int i = 0; i < events.size(); i++) {
            topics.get(home(events.get(i))).add(new Placed(events.get(i), false));
            if (mirrored && i >= 20) {
                Event copied = events.get(i - 20);
                topics.get(1 - home(copied)).add(new Placed(copied, true));
                if (random.nextInt(10) == 0) {
                    topics.get(1 - home(copied)).add(new Placed(copied, true));
                }
            }
        }
        return topics;
    }

    private static int home(Event event) {
        return event.process().name().hashCode() % 2 == 0 ? 0 : 1;
    }

    private static Dot dot(Event event) {
        return event.kind() == Event.Kind.MESSAGE ? event.dot() : new Dot(event.process(), Dot.MAX_COUNTER);
    }

    private static TreeSet<String> concurrent(Event event, List<Event> arrived, Scope scope) {
        TreeSet<String> dots = new TreeSet<>();
        for (Event other : arrived) {
            if (!other.process().equals(event.process())
                    && (scope == Scope.ALL || other.key().equals(event.key()))
                    && !event.clock().orElseThrow().includes(other.dot())
                    && !other.clock().orElseThrow().includes(event.dot())) {
                dots.add(other.dot().toString());
            }
        }
        return dots;
    }

    private static TreeSet<String> reported(Outcome outcome, Map<Dot, Event> byDot, Scope scope) {
        TreeSet<String> dots = new TreeSet<>();
        if (outcome instanceof Outcome.Recorded recorded) {
            Conflict conflict = recorded.conflict();
            assertThat(conflict.complete()).as("%s", conflict).isTrue();
            conflict.runs().forEach(run -> {
                for (long counter = run.firstCounter(); counter <= run.lastCounter(); counter++) {
                    Event member = byDot.get(new Dot(run.process(), counter));
                    if (scope == Scope.ALL || member.key().equals(conflict.key())) {
                        dots.add(member.dot().toString());
                    }
                }
            });
        } else {
            assertThat(outcome).isInstanceOfAny(Outcome.Ordered.class);
        }
        return dots;
    }
}
