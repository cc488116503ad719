package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderEngineTest {
    private static final SourcePartition EVENTS = new SourcePartition("events", 0);

    @Test
    void aRepeatedEventIsADuplicateAndChangesNothing() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        Outcome again = engine.arrive(event("a", 1, "{a=1}", "x"), 1, 0);
        assertThat(kind(again)).isEqualTo(Anomaly.Kind.DUPLICATE);
        assertThat(runs(engine.arrive(event("b", 1, "{b=1}", "y"), 2, 0)))
                .containsExactly(new Run(
                        ProcessId.of("a"),
                        1,
                        1,
                        new Position("events", 0, 0),
                        new Position("events", 0, 0),
                        1,
                        0,
                        List.of()));
    }

    @Test
    void aDotWithOtherContentIsReused() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "other"), 1, 0))).isEqualTo(Anomaly.Kind.DOT_REUSED);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1, b=1}", "x"), 2, 0))).isEqualTo(Anomaly.Kind.DOT_REUSED);
    }

    @Test
    void aDotIsRecognised() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "x"), 1, 0))).isEqualTo(Anomaly.Kind.DUPLICATE);
    }

    @Test
    void anEventMayArriveAfterLaterOnesOfItsProcess() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 3, "{a=3}", "x"), 0, 0);
        engine.arrive(event("a", 2, "{a=2}", "y"), 1, 0);
        assertThat(runs(engine.arrive(event("b", 1, "{b=1}", "z"), 2, 0)))
                .containsExactly(new Run(
                        ProcessId.of("a"),
                        2,
                        3,
                        new Position("events", 0, 1),
                        new Position("events", 0, 0),
                        2,
                        0,
                        List.of()));
    }

    @Test
    void aClockThatIsNotBetweenThoseOfItsNeighboursIsRefused() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1, b=2}", "x"), 0, 0);
        Outcome fallen = engine.arrive(event("a", 2, "{a=2, b=1}", "y"), 1, 0);
        assertThat(kind(fallen)).isEqualTo(Anomaly.Kind.CLOCK_REGRESSED);
        assertThat(((Outcome.Refused) fallen).anomaly().sentence())
                .isEqualTo("A process has lost what it knew: process=a, counter=2, b=1 follows 2;"
                        + " a process's clock never falls");
        engine.arrive(event("a", 4, "{a=4, b=3}", "z"), 2, 0);
        assertThat(kind(engine.arrive(event("a", 3, "{a=3, b=4}", "late"), 3, 0)))
                .isEqualTo(Anomaly.Kind.CLOCK_REGRESSED);
    }

    @Test
    void anEntryThatIsLeftOutIsNoFall() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("b", 1, "{b=1}", "x"), 0, 0);
        engine.arrive(event("a", 1, "{a=1, b=1}", "y"), 1, 0);
        assertThat(runs(engine.arrive(event("a", 2, "{a=2}", "z"), 2, 0)))
                .as("it knows b:1 still")
                .isEmpty();
    }

    @Test
    void twoEventsThatClaimEachOtherAreAContradictionAndNoPair() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1, b=1}", "x"), 0, 0);
        Outcome second = engine.arrive(event("b", 1, "{a=1, b=1}", "y"), 1, 0);
        assertThat(runs(second)).isEmpty();
        assertThat(second.notices()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.CONTRADICTION);
        assertThat(second.notices().get(0).evidence()).containsEntry("other", "a:1");
    }

    @Test
    void whoIsTooFarIsBelievedWhenAnotherProcessKnowsAsMuch() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        assertThat(kind(engine.arrive(event("a", 5_000_000, "{a=5000000}", "far"), 1, 0)))
                .isEqualTo(Anomaly.Kind.CLOCK_TOO_FAR);
        assertThat(kind(engine.arrive(event("a", 5_000_001, "{a=5000001}", "far"), 2, 0)))
                .as("its own word again is no second witness")
                .isEqualTo(Anomaly.Kind.CLOCK_TOO_FAR);
        engine.arrive(event("b", 1, "{a=5000001, b=1}", "has read it"), 3, 0);
        assertThat(runs(engine.arrive(event("a", 5_000_002, "{a=5000002}", "near"), 4, 0)))
                .containsExactly(new Run(
                        ProcessId.of("b"),
                        1,
                        1,
                        new Position("events", 0, 3),
                        new Position("events", 0, 3),
                        1,
                        5_000_001,
                        List.of()));
    }

    @Test
    void whatRetentionDeletedUnreadMayBeMissingFromCounters() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0);
        engine.deletedUnread(5_000_000);
        assertThat(engine.arrive(event("a", 5_000_000, "{a=5000000}", "later"), 5_000_001, 0))
                .isInstanceOf(Outcome.Ordered.class);
    }

    @Test
    void aProcessIsForgottenAndItsNumberUsedAgain() {
        EngineLimits limits = new EngineLimits(10, 1_000_000, 10, 1_000, 1 << 20, 1 << 20, 10_000, 1_000);
        OrderEngine engine = OrderEngine.over(Scope.ALL, limits, EVENTS);
        long offset = 0;
        for (int life = 0; life < 100; life++) {
            for (int counter = 1; counter <= 5_000; counter++) {
                String dot = "p~" + (life + 1);
                Outcome outcome =
                        engine.arrive(event(dot, counter, "{" + dot + "=" + counter + "}", "x"), offset, 10 * offset);
                assertThat(outcome).as("%s:%d", dot, counter).isNotInstanceOf(Outcome.Refused.class);
                offset++;
            }
        }
        assertThat(engine.figures().processes()).isLessThan(5);
    }

    @Test
    void aProcessIsForgottenOnceStampsLeaveItOut() {
        EngineLimits limits = new EngineLimits(10, 1_000_000, 1_000, 10_000, 1 << 20, 1 << 20, 10_000, 1_000_000);
        OrderEngine engine = OrderEngine.over(Scope.ALL, limits, EVENTS);
        Feed feed = new Feed(engine);
        int counter = 0;
        for (int life = 1; life <= 100; life++) {
            long timeMs = life * 20_000L;
            feed.tell("p~" + life, 1, "{p~" + life + "=1}", timeMs);
            feed.tell("a", ++counter, "{a=" + counter + ", p~" + life + "=1}", timeMs);
            for (int i = 0; i < 20; i++) { // a is always held
                feed.tellMany("b", 500, timeMs + i);
                feed.tell("a", ++counter, "{a=" + counter + "}", timeMs + i);
            }
        }
        assertThat(engine.figures().processes()).isLessThan(6);
    }

    @Test
    void whatAStampLeavesOutItsProcessKnowsStill() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        Feed feed = new Feed(engine);
        feed.tell("a", 1, "{a=1, k=1}", 0);
        feed.tell("a", 2, "{a=2}", 0);
        assertThat(feed.tell("k", 1, "{k=1}", 0)).isInstanceOf(Outcome.Ordered.class);
    }

    @Test
    void aNumberIsNotUsedAgainWhileAnEventHeldNamesItsProcess() {
        EngineLimits limits = new EngineLimits(10, 1_000_000, 1_000_000, 5_000, 1 << 24, 1 << 20, 10_000, 1_000_000);
        OrderEngine engine = OrderEngine.over(Scope.ALL, limits, EVENTS);
        Feed feed = new Feed(engine);
        feed.tell("k", 1, "{k=1}", 1);
        feed.pause(6_000);
        feed.tell("a", 1, "{a=1, k=1}", 6_000);
        feed.pause(10_500);
        for (int counter = 2; counter <= 6; counter++) {
            feed.tell("a", counter, "{a=" + counter + ", k=1}", 10_500); // names k still, and is held
        }
        feed.tellMany("b", 4_096, 10_600); // k's past is forgotten
        feed.tell("a", 7, "{a=7}", 10_700);
        feed.tellMany("b", 4_096, 10_800); // k's number would be freed, were those of a not held
        feed.tell("a", 8, "{a=8, new=1}", 10_900);
        List<Run> runs = runs(feed.tell("new", 1, "{new=1}", 10_900));
        assertThat(runs)
                .filteredOn(run -> run.process().equals(ProcessId.of("a")))
                .extracting(Run::firstCounter, Run::lastCounter)
                .containsExactly(tuple(1L, 7L));
    }

    @Test
    void whatASiblingKnewOfAProcessIsNotTakenForAnotherThatHasItsNumber() {
        EngineLimits limits = new EngineLimits(10, 1_000_000, 1_000_000, 1_000, 1 << 24, 1 << 20, 10_000, 1_000_000);
        OrderEngine engine = OrderEngine.over(Scope.KEY, limits, EVENTS);
        Feed feed = new Feed(engine);
        feed.tell("k", 1, "{k=1}", 0);
        feed.tellKeyed("a", 1, "{a=1, k=1}", "order", 0);
        feed.pause(9_000);
        feed.tell("a", 2, "{a=2}", 9_000);
        feed.pause(12_000);
        feed.tellMany("b", 8_192, 12_000); // k is forgotten, a is not
        Outcome outcome = feed.tellKeyed("new", 1, "{new=1}", "order", 12_000);
        assertThat(runs(outcome)).extracting(Run::process).containsExactly(ProcessId.of("a"));
    }

    /** Tells an engine one event after the other. */
    private static final class Feed {
        private final OrderEngine engine;
        private long offset;
        private long told;

        Feed(OrderEngine engine) {
            this.engine = engine;
        }

        Outcome tell(String process, long counter, String clock, long timeMs) {
            return engine.arrive(event(process, counter, clock, "x"), offset++, timeMs);
        }

        Outcome tellKeyed(String process, long counter, String clock, String key, long timeMs) {
            Event event = event(process, counter, clock, "x");
            return engine.arrive(
                    new Event(
                            event.process(),
                            counter,
                            event.clock(),
                            event.lamport(),
                            Optional.of(key),
                            "x",
                            0,
                            event.kind()),
                    offset++,
                    timeMs);
        }

        /** So many records that are events of nobody else, which also let log time be what it says. */
        void tellMany(String process, int count, long timeMs) {
            for (int i = 0; i < count; i++) {
                told++;
                tell(process, told, "{" + process + "=" + told + "}", timeMs);
            }
        }

        void pause(long timeMs) {
            tellMany("b", 40, timeMs);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 40", "64, 120"})
    void anEventHeldTakesNoMoreMemoryThanIsSaid(int processes, int bytes) {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        ProcessId[] ids = IntStream.range(0, processes)
                .mapToObj(p -> ProcessId.of("node-" + p))
                .toArray(ProcessId[]::new);
        long[][] clocks = new long[processes][processes];
        Random random = new Random(1);
        int events = 100_000;
        for (int offset = 0; offset < events; offset++) {
            long[] clock = clocks[random.nextInt(processes)];
            long[] other = clocks[random.nextInt(processes)];
            Arrays.setAll(clock, k -> Math.max(clock[k], other[k]));
            int own = Arrays.asList(clocks).indexOf(clock);
            clock[own]++;
            Event event = new Event(
                    ids[own],
                    clock[own],
                    Optional.of(VectorClock.of(ids, clock.clone())),
                    new LamportTimestamp(offset),
                    Optional.empty(),
                    "",
                    0,
                    Event.Kind.MESSAGE);
            engine.arrive(event, offset, 0);
        }
        assertThat(engine.figures().held()).isEqualTo(events);
        assertThat(engine.figures().heldBytes() / events).isLessThanOrEqualTo(bytes);
    }

    @Test
    void aHeartbeatIsNoEvent() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        Event heartbeat = new Event(
                ProcessId.of("a"),
                0,
                Optional.of(VectorClock.empty()),
                LamportTimestamp.ZERO,
                Optional.empty(),
                "",
                0,
                Event.Kind.HEARTBEAT);
        assertThat(engine.arrive(heartbeat, 0, 0)).isEqualTo(new Outcome.NoEvent(List.of()));
        assertThat(engine.figures().held()).isZero();
    }

    @Test
    void anEffectMayArriveBeforeItsCause() {
        OrderEngine engine = OrderEngine.over(Scope.ALL, EngineLimits.DEFAULT, EVENTS);
        assertThat(runs(engine.arrive(event("b", 1, "{a=1, b=1}", "effect"), 0, 0)))
                .isEmpty();
        assertThat(runs(engine.arrive(event("a", 1, "{a=1}", "cause"), 1, 0))).isEmpty();
        assertThat(runs(engine.arrive(event("a", 2, "{a=2}", "unaware"), 2, 0)))
                .containsExactly(new Run(
                        ProcessId.of("b"),
                        1,
                        1,
                        new Position("events", 0, 0),
                        new Position("events", 0, 0),
                        1,
                        1,
                        List.of()));
    }

    private static Event event(String process, long counter, String clock, String payload) {
        return new Event(
                ProcessId.parse(process),
                counter,
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(counter),
                Optional.empty(),
                payload,
                0,
                Event.Kind.MESSAGE);
    }

    private static List<Run> runs(Outcome outcome) {
        return outcome instanceof Outcome.Recorded recorded
                ? recorded.conflict().runs()
                : List.of();
    }

    private static Anomaly.Kind kind(Outcome outcome) {
        return ((Outcome.Refused) outcome).anomaly().kind();
    }
}
