package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Run;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderEngineTest {
    @Test
    void aRepeatedEventIsADuplicateAndChangesNothing() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0, 0);
        Outcome again = engine.arrive(event("a", 1, "{a=1}", "x"), 0, 1, 0);
        assertThat(kind(again)).isEqualTo(Anomaly.Kind.DUPLICATE);
        assertThat(runs(engine.arrive(event("b", 1, "{b=1}", "y"), 0, 2, 0)))
                .containsExactly(new Run(ProcessId.of("a"), 0, 1, 1, 0, 0, 1, 0));
    }

    @Test
    void aDotWithOtherContentIsReused() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "other"), 0, 1, 0)))
                .isEqualTo(Anomaly.Kind.DOT_REUSED);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1, b=1}", "x"), 0, 2, 0)))
                .isEqualTo(Anomaly.Kind.DOT_REUSED);
    }

    @Test
    void aDotIsRecognisedInAnotherPartition() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0, 1);
        engine.arrive(event("a", 1, "{a=1}", "x"), 0, 0, 0);
        assertThat(kind(engine.arrive(event("a", 1, "{a=1}", "x"), 1, 0, 0))).isEqualTo(Anomaly.Kind.DUPLICATE);
    }

    @Test
    void aCounterThatFallsAlongALaneIsRefused() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        engine.arrive(event("a", 3, "{a=3}", "x"), 0, 0, 0);
        assertThat(kind(engine.arrive(event("a", 2, "{a=2}", "y"), 0, 1, 0))).isEqualTo(Anomaly.Kind.OBSOLETE);
    }

    @Test
    void aClockThatFallsAlongALaneIsRefused() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        engine.arrive(event("a", 1, "{a=1, b=2}", "x"), 0, 0, 0);
        Outcome fallen = engine.arrive(event("a", 2, "{a=2, b=1}", "y"), 0, 1, 0);
        assertThat(kind(fallen)).isEqualTo(Anomaly.Kind.CLOCK_REGRESSED);
        assertThat(((Outcome.Refused) fallen).anomaly().sentence())
                .isEqualTo("A process's clock never falls: process=a, counter=2, b=1 follows 2;"
                        + " the process has lost what it knew");
    }

    @Test
    void aHeartbeatIsNoEvent() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        Event heartbeat = new Event(
                ProcessId.of("a"),
                0,
                Optional.of(VectorClock.empty()),
                LamportTimestamp.ZERO,
                Optional.empty(),
                "",
                0,
                Event.Kind.HEARTBEAT);
        assertThat(engine.arrive(heartbeat, 0, 0, 0)).isEqualTo(new Outcome.NoEvent(List.of()));
        assertThat(engine.held()).isZero();
    }

    @Test
    void anEffectMayArriveBeforeItsCause() {
        OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
        assertThat(runs(engine.arrive(event("b", 1, "{a=1, b=1}", "effect"), 0, 0, 0)))
                .isEmpty();
        assertThat(runs(engine.arrive(event("a", 1, "{a=1}", "cause"), 0, 1, 0)))
                .isEmpty();
        assertThat(runs(engine.arrive(event("a", 2, "{a=2}", "unaware"), 0, 2, 0)))
                .containsExactly(new Run(ProcessId.of("b"), 0, 1, 1, 0, 0, 1, 1));
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
        return outcome instanceof Outcome.Recorded recorded
                ? recorded.conflict().runs()
                : List.of();
    }

    private static Anomaly.Kind kind(Outcome outcome) {
        return ((Outcome.Refused) outcome).anomaly().kind();
    }
}
