package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The encoder that remembers, held against the one that does not. */
class StampEncoderTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);
    private static final int STEPS = 20_000;

    private final StampEncoder encoder = new StampEncoder();

    private static Stamp stamp(ProcessId process, VectorClock clock, long lamport) {
        return new Stamp(new Dot(process, clock.get(process)), clock, new LamportTimestamp(lamport));
    }

    @Test
    void itWritesWhatTheBinaryFormSaysWhateverChangesInBetween() {
        Random random = new Random(SEED);
        List<ProcessId> processes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            processes.add(new ProcessId("service-" + i % 6, i < 6 ? 0 : 257_294_336 + i));
        }
        VectorClock clock = VectorClock.empty();
        long lamport = 0;
        for (int step = 0; step < STEPS; step++) {
            ProcessId own = processes.get(random.nextInt(10) == 0 ? random.nextInt(3) : 0);
            int raised = random.nextInt(4);
            Map<ProcessId, Long> more = new HashMap<>();
            for (int i = 0; i < raised; i++) {
                ProcessId other = processes.get(random.nextInt(1 + Math.min(11, step / 100)));
                more.put(other, clock.get(other) + 1 + (random.nextInt(20) == 0 ? random.nextInt(1_000) : 0));
            }
            clock = clock.merge(VectorClock.of(more)).tick(own);
            lamport += 1 + random.nextInt(random.nextInt(50) == 0 ? 10_000 : 2);
            if (random.nextInt(500) == 0) {
                Map<ProcessId, Long> fewer = new HashMap<>(clock.entries());
                fewer.remove(processes.get(random.nextInt(12)));
                fewer.putIfAbsent(own, 1L);
                clock = VectorClock.of(fewer);
            }
            Stamp stamp = stamp(own, clock, lamport);
            byte[] bytes = encoder.encode(stamp);
            assertThat(bytes).as("seed %d, step %d: %s", SEED, step, stamp).isEqualTo(BinaryForm.encode(stamp));
            Arrays.fill(bytes, (byte) 7); // the array is ours
        }
    }

    @Test
    void afterAClockThatHasNoFormTheNextStampIsWhole() {
        ProcessId own = ProcessId.of("own");
        VectorClock clock = VectorClock.empty().tick(own);
        encoder.encode(stamp(own, clock, 1));
        Map<ProcessId, Long> wide = new HashMap<>(clock.entries());
        for (int i = 0; i < BinaryForm.MAX_ENTRIES; i++) {
            wide.put(ProcessId.of("other-" + i), 1L);
        }
        Stamp tooWide = stamp(own, VectorClock.of(wide), 2);
        assertThatThrownBy(() -> encoder.encode(tooWide)).isInstanceOf(IllegalArgumentException.class);
        Stamp next = stamp(own, clock.tick(own), 3);
        assertThat(encoder.encode(next)).isEqualTo(BinaryForm.encode(next));
    }
}
