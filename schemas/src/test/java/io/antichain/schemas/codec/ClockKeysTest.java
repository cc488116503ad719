package io.antichain.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is remembered of a sender's clocks is bounded, whatever records say; and it changes nothing about what is read. */
class ClockKeysTest {
    @Test
    void theSameProcessesAreReadByTheirKeys() {
        VectorClock clock = clock("sender", 3, 5);
        ClockKeys.remember(ProcessId.of("sender"), clock);
        assertThat(read("sender", clock.withCounters(new long[] {7, 8, 9})))
                .isEqualTo(clock.withCounters(new long[] {7, 8, 9}));
        assertThat(read("sender", clock("other", 3, 5))).isNull();
        assertThat(read("sender", clock("sender", 4, 5))).isNull();
    }

    @Test
    void clocksThatAreWideOrHaveLongNamesAreNotRemembered() {
        for (VectorClock clock : new VectorClock[] {clock("wide", 1_001, 1), clock("long" + "x".repeat(100), 900, 1)}) {
            ClockKeys.remember(ProcessId.of("hostile"), clock);
            assertThat(read("hostile", clock)).isNull();
        }
        VectorClock widest = clock("wide", 1_000, 1);
        ClockKeys.remember(ProcessId.of("hostile"), widest);
        assertThat(read("hostile", widest)).isEqualTo(widest);
    }

    private static VectorClock clock(String name, int size, long counter) {
        ProcessId[] processes = new ProcessId[size];
        long[] counters = new long[size];
        Arrays.setAll(processes, i -> ProcessId.of(name + "-" + i));
        Arrays.fill(counters, counter);
        return VectorClock.of(processes, counters);
    }

    /** Reads a clock's map, whose begin was read. */
    private static VectorClock read(String sender, VectorClock clock) {
        BytesEncoder out = new BytesEncoder(new byte[0], 64);
        clock.forEach((process, counter) -> {
            out.writeString(process.toString());
            out.writeLong(counter);
        });
        out.writeLong(0);
        return ClockKeys.read(new BytesDecoder(out.toBytes(), 0, 10_000), ProcessId.of(sender), clock.size());
    }
}
