package io.antichain.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.RandomValues;
import io.antichain.wire.AnomalyKind;
import io.antichain.wire.ConflictStatus;
import io.antichain.wire.EventKind;
import io.antichain.wire.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireCodecTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_103L);

    @Test
    void everyValueComesBackFromTheWire() {
        System.out.println("WireCodecTest: -Dantichain.seed=" + SEED);
        RandomValues values = new RandomValues(SEED);
        for (int i = 0; i < 5_000; i++) {
            Event event = values.event();
            assertThat(WireCodec.fromWire(WireCodec.toWire(event))).isEqualTo(event);
            var checkpoint = values.checkpoint();
            assertThat(WireCodec.fromWire(WireCodec.toWire(checkpoint))).isEqualTo(checkpoint);
            var conflict = values.conflict();
            assertThat(WireCodec.fromWire(WireCodec.toWire(conflict))).isEqualTo(conflict);
            var anomaly = values.anomaly();
            assertThat(WireCodec.fromWire(WireCodec.toWire(anomaly))).isEqualTo(anomaly);
        }
    }

    @Test
    void zeroEntriesAreReadAsMissingOnes() {
        var wire = event();
        wire.setClock(Map.of("node-1", 5L, "node-2", 0L));
        assertThat(WireCodec.fromWire(wire).clock().orElseThrow()).hasToString("{node-1=5}");
    }

    @Test
    void manyProcessesEvictEachOtherWithoutError() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(ProcessIds.parse("node-" + i)).isEqualTo(ProcessId.of("node-" + i));
        }
        assertThat(ProcessIds.parse("node-1")).isSameAs(ProcessIds.parse("node-1"));
    }

    @Test
    void everyKindOfAnomalyButUnknownIsRead() {
        for (AnomalyKind kind : AnomalyKind.values()) {
            if (kind != AnomalyKind.UNKNOWN) {
                var wire = new io.antichain.wire.Anomaly(kind, null, "A sentence.", new HashMap<>());
                Anomaly.Kind read = WireCodec.fromWire(wire).kind();
                assertThat(read == Anomaly.Kind.OBSOLETE || read.name().equals(kind.name()))
                        .as("%s is read as %s", kind, read)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:1", "node~0", "node~x", "a\u0000", "\ud800"})
    void eventsOfHostileProcessesAreRefused(String process) {
        refusesEvent(wire -> wire.setProcess(process));
        refusesEvent(wire -> wire.setClock(Map.of(process, 1L)));
    }

    @Test
    void eventsOutOfRangeAreRefused() {
        refusesEvent(wire -> wire.setCounter(0L));
        refusesEvent(wire -> wire.setCounter(-1L));
        refusesEvent(wire -> wire.setCounter(Dot.MAX_COUNTER + 1));
        refusesEvent(wire -> wire.setLamport(-1L));
        refusesEvent(wire -> wire.setLamport(Long.MAX_VALUE));
        refusesEvent(wire -> wire.setKind(EventKind.UNKNOWN));
        refusesEvent(wire -> wire.setClock(Map.of("node-1", -1L)));
        refusesEvent(wire -> wire.setClock(Map.of("node-1", Dot.MAX_COUNTER + 1)));
        refusesEvent(wire -> {
            wire.setKind(EventKind.HEARTBEAT);
            wire.setCounter(-1L);
        });
    }

    @Test
    void checkpointsOutOfRangeAreRefused() {
        refusesCheckpoint(wire -> wire.setProcess("node-1~1"));
        refusesCheckpoint(wire -> wire.setIncarnation(-1));
        refusesCheckpoint(wire -> wire.setIncarnation(Integer.MAX_VALUE));
        refusesCheckpoint(wire -> wire.setLamport(-1L));
        refusesCheckpoint(wire -> wire.setPositions(Map.of("0", -1L)));
        for (String partition : List.of("", "-1", "00", "+1", "x", "2147483648", "\u0661")) {
            refusesCheckpoint(wire -> wire.setPositions(Map.of(partition, 1L)));
        }
    }

    @Test
    void conflictsThatContradictThemselvesAreRefused() {
        refusesConflict(wire -> wire.setId("all/node-9:9"));
        refusesConflict(wire -> wire.setPairs(wire.getPairs() + 1));
        refusesConflict(wire -> wire.setScope(Scope.UNKNOWN));
        refusesConflict(wire -> wire.setStatus(ConflictStatus.UNKNOWN));
        refusesConflict(wire -> wire.setStatus(ConflictStatus.RESOLVED));
        refusesConflict(wire -> wire.setResolves(List.of("node-1")));
        refusesConflict(wire -> wire.getEvent().setPartition(-1));
        refusesConflict(wire -> wire.getEvent().setOffset(-1L));
        refusesConflict(wire -> wire.getEvent().setCounter(0L));
        refusesConflict(wire -> {
            wire.setScope(Scope.KEY);
            wire.setKey(null);
            wire.setId("key/node-1:5");
        });
    }

    @Test
    void runsOutOfRangeAreRefused() {
        refusesRun(run -> run.setProcess("~"));
        refusesRun(run -> run.setPartition(-1));
        refusesRun(run -> run.setFirstCounter(0L));
        refusesRun(run -> run.setLastCounter(2L));
        refusesRun(run -> run.setFirstOffset(-1L));
        refusesRun(run -> run.setLastOffset(-1L));
        refusesRun(run -> run.setLastPartition(-1));
        refusesRun(run -> run.setLength(0L));
        refusesRun(run -> run.setLength(3L));
        refusesRun(run -> run.setWitness(-1L));
        refusesRun(run -> run.setWitness(5L));
        refusesRun(run -> run.setCounters(List.of(3L)));
        refusesRun(run -> run.setCounters(List.of(4L, 3L)));
        refusesRun(run -> run.setCounters(List.of(3L, 3L, 4L)));
    }

    @Test
    void anomaliesOfUnknownKindAreRefused() {
        refuses(() -> WireCodec.fromWire(
                new io.antichain.wire.Anomaly(AnomalyKind.UNKNOWN, null, "A sentence.", new HashMap<>())));
    }

    private static void refusesEvent(Consumer<io.antichain.wire.Event> fault) {
        var wire = event();
        WireCodec.fromWire(wire);
        fault.accept(wire);
        refuses(() -> WireCodec.fromWire(wire));
    }

    private static void refusesCheckpoint(Consumer<io.antichain.wire.ClockCheckpoint> fault) {
        var wire = new io.antichain.wire.ClockCheckpoint(
                "node-1", 1, Map.of("node-1", 5L), 7L, Map.of("0", 3L), true, "id-7", 2L);
        WireCodec.fromWire(wire);
        fault.accept(wire);
        refuses(() -> WireCodec.fromWire(wire));
    }

    private static void refusesRun(Consumer<io.antichain.wire.Run> fault) {
        refusesConflict(wire -> {
            fault.accept(wire.getRuns().get(0));
            wire.setPairs(wire.getRuns().get(0).getLength());
        });
    }

    @Test
    void refusesAConflictWhosePartIsNoneOfItsParts() {
        refusesConflict(wire -> wire.setPart(0));
        refusesConflict(wire -> wire.setParts(0));
        refusesConflict(wire -> wire.setPart(2));
    }

    @Test
    void refusesAMessageWithAKeyThatIsTooLong() {
        var wire = event();
        wire.setKey("k".repeat(Event.MAX_KEY_LENGTH));
        WireCodec.fromWire(wire);
        wire.setKey("k".repeat(Event.MAX_KEY_LENGTH + 1));
        refuses(() -> WireCodec.fromWire(wire));
    }

    private static void refusesConflict(Consumer<io.antichain.wire.Conflict> fault) {
        var ref =
                new io.antichain.wire.EventRef("node-1", 5L, 0, 20L, Map.of("node-1", 5L), 9L, Instant.EPOCH, "events");
        var run = new io.antichain.wire.Run("node-2", 0, 3L, 4L, 10L, 11L, 2L, 4L, null, List.of(), null, null);
        var wire = new io.antichain.wire.Conflict(
                "all/node-1:5",
                Scope.ALL,
                null,
                ConflictStatus.CONCURRENT,
                ref,
                List.of(run),
                2L,
                List.of(),
                List.of(),
                true,
                1,
                1,
                null);
        WireCodec.fromWire(wire);
        fault.accept(wire);
        refuses(() -> WireCodec.fromWire(wire));
    }

    private static io.antichain.wire.Event event() {
        return new io.antichain.wire.Event(
                "node-1", 5L, Map.of("node-1", 5L), 7L, null, "payload", Instant.EPOCH, EventKind.MESSAGE);
    }

    private static void refuses(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(DecodingException.class, refusal -> {
            assertThat(refusal.failure()).isEqualTo(DecodingException.Failure.INVALID_VALUE);
            assertThat(refusal.getMessage()).matches("[A-Za-z]+: .+: .+=.*; .+");
        });
    }
}
