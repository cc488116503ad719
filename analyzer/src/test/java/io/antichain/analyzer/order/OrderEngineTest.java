package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderEngineTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 20_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);

    @Test
    void reportsEachConcurrentPairOnceAndNoOtherOnRandomExecutions() {
        System.out.println(
                "order engine against reachability: seeds " + FIRST_SEED + " to " + (FIRST_SEED + EXECUTIONS - 1));
        long pairs = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            Random random = new Random(seed);
            Execution execution = Execution.random(random);
            List<Published> arrival = execution.arrival(random);
            Set<Set<Dot>> reported = reported(execution, arrival, seed);
            Set<Set<Dot>> defined = defined(execution);
            assertThat(reported).as("seed %d", seed).isEqualTo(defined);
            pairs += defined.size();
        }
        assertThat(pairs).as("the executions drawn have concurrent pairs").isGreaterThan(EXECUTIONS);
    }

    @Test
    void sameSeedGivesTheSameOutcomes() {
        assertThat(outcomes(42)).isEqualTo(outcomes(42)).isNotEmpty();
    }

    @Test
    void aRepeatedEventIsADuplicateAndChangesNothing() {
        OrderEngine engine = new OrderEngine(0);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        Outcome again = engine.arrive(event("a", 1, "{a=1}", "x"), 0, 1);
        assertThat(kind(again)).isEqualTo(Anomaly.Kind.DUPLICATE);
        assertThat(runs(engine.arrive(event("b", 1, "{b=1}", "y"), 0, 2)))
                .containsExactly(new Run(ProcessId.of("a"), 0, 1, 1, 0, 0, 1, 0));
    }

    @Test
    void aDotWithOtherContentIsReused() {
        OrderEngine engine = new OrderEngine(0);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "other"), 0, 1))).isEqualTo(Anomaly.Kind.DOT_REUSED);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1, b=1}", "x"), 0, 2))).isEqualTo(Anomaly.Kind.DOT_REUSED);
    }

    @Test
    void aDotIsRecognisedInAnotherPartition() {
        OrderEngine engine = new OrderEngine(0, 1);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "x"), 1, 0))).isEqualTo(Anomaly.Kind.DUPLICATE);
    }

    @Test
    void aCounterThatFallsAlongALaneIsRefused() {
        OrderEngine engine = new OrderEngine(0);
        engine.arrive(event("a", 3, "{a=3}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 2, "{a=2}", "y"), 0, 1))).isEqualTo(Anomaly.Kind.COUNTER_REGRESSED);
    }

    @Test
    void aClockThatFallsAlongALaneIsRefused() {
        OrderEngine engine = new OrderEngine(0);
        engine.arrive(event("a", 1, "{a=1, b=2}", "x"), 0, 0);
        Outcome fallen = engine.arrive(event("a", 2, "{a=2, b=1}", "y"), 0, 1);
        assertThat(kind(fallen)).isEqualTo(Anomaly.Kind.CLOCK_REGRESSED);
        assertThat(((Outcome.Refused) fallen).anomaly().sentence())
                .isEqualTo("A process's clock never falls: process=a, counter=2, b=1 follows 2;"
                        + " the process has lost what it knew");
    }

    @Test
    void aHeartbeatIsNoEvent() {
        OrderEngine engine = new OrderEngine(0);
        Event heartbeat = new Event(
                ProcessId.of("a"),
                0,
                Optional.of(VectorClock.empty()),
                LamportTimestamp.ZERO,
                Optional.empty(),
                "",
                0,
                Event.Kind.HEARTBEAT);
        assertThat(engine.arrive(heartbeat, 0, 0)).isEqualTo(new Outcome.NoEvent());
        assertThat(engine.open()).isZero();
    }

    @Test
    void anEffectMayArriveBeforeItsCause() {
        OrderEngine engine = new OrderEngine(0);
        assertThat(runs(engine.arrive(event("b", 1, "{a=1, b=1}", "effect"), 0, 0)))
                .isEmpty();
        assertThat(runs(engine.arrive(event("a", 1, "{a=1}", "cause"), 0, 1))).isEmpty();
        assertThat(runs(engine.arrive(event("a", 2, "{a=2}", "unaware"), 0, 2)))
                .containsExactly(new Run(ProcessId.of("b"), 0, 1, 1, 0, 0, 1, 1));
    }

    private static Set<Set<Dot>> reported(Execution execution, List<Published> arrival, long seed) {
        OrderEngine engine =
                new OrderEngine(IntStream.range(0, execution.partitions()).toArray());
        Set<Set<Dot>> reported = new HashSet<>();
        List<Published> arrived = new ArrayList<>();
        for (Published record : arrival) {
            Outcome outcome = engine.arrive(record.event(), record.partition(), record.offset());
            if (!(outcome instanceof Outcome.Placed placed)) {
                assertThat(outcome).as("seed %d", seed).isEqualTo(new Outcome.NoEvent());
                continue;
            }
            for (Run run : placed.runs()) {
                List<Published> members = members(run, arrived);
                assertThat(members).as("seed %d: %s", seed, run).hasSize(Math.toIntExact(run.length()));
                assertThat(run.witness())
                        .as("seed %d: %s", seed, run)
                        .isLessThan(record.event().counter());
                for (Published member : members) {
                    assertThat(reported.add(
                                    Set.of(record.event().dot(), member.event().dot())))
                            .as("seed %d: %s and %s reported twice", seed, record, member)
                            .isTrue();
                }
            }
            arrived.add(record);
        }
        return reported;
    }

    private static List<Published> members(Run run, List<Published> arrived) {
        return arrived.stream()
                .filter(record -> record.event().process().equals(run.process())
                        && record.partition() == run.partition()
                        && record.event().counter() >= run.firstCounter()
                        && record.event().counter() <= run.lastCounter()
                        && record.offset() >= run.firstOffset()
                        && record.offset() <= run.lastOffset())
                .toList();
    }

    private static Set<Set<Dot>> defined(Execution execution) {
        Set<Set<Dot>> defined = new HashSet<>();
        List<Published> events = execution.events();
        for (int a = 0; a < events.size(); a++) {
            for (int b = 0; b < a; b++) {
                if (execution.concurrent(events.get(a), events.get(b))) {
                    defined.add(Set.of(
                            events.get(a).event().dot(), events.get(b).event().dot()));
                }
            }
        }
        return defined;
    }

    private static List<Outcome> outcomes(long seed) {
        Random random = new Random(seed);
        Execution execution = Execution.random(random);
        OrderEngine engine =
                new OrderEngine(IntStream.range(0, execution.partitions()).toArray());
        return execution.arrival(random).stream()
                .map(record -> engine.arrive(record.event(), record.partition(), record.offset()))
                .toList();
    }

    private static Event event(String process, long counter, String clock, String payload) {
        return new Event(
                ProcessId.of(process),
                counter,
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(counter),
                Optional.empty(),
                payload,
                0,
                Event.Kind.MESSAGE);
    }

    private static List<Run> runs(Outcome outcome) {
        return ((Outcome.Placed) outcome).runs();
    }

    private static Anomaly.Kind kind(Outcome outcome) {
        return ((Outcome.Refused) outcome).anomaly().kind();
    }
}
