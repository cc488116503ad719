package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Merge is the join of a lattice and compare its order, on random clocks that are small enough to meet often. */
class VectorClockLawsTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_102L);
    private static final ProcessId A = ProcessId.of("A");
    private static final ProcessId B = ProcessId.of("B");

    private static final List<VectorClock> CLOCKS = new ArrayList<>();

    @BeforeAll
    static void drawClocks() {
        System.out.println("VectorClockLawsTest: -Dantichain.seed=" + SEED);
        Random random = new Random(SEED);
        VectorClock walk = VectorClock.empty();
        for (int i = 0; i < 60; i++) {
            CLOCKS.add(drawn(random));
            // Clocks that descend from each other share their processes and are compared another way.
            walk = random.nextBoolean()
                    ? walk.tick(ProcessId.of("node-" + random.nextInt(4)))
                    : walk.merge(CLOCKS.get(random.nextInt(CLOCKS.size())));
            CLOCKS.add(walk);
        }
    }

    @Test
    void mergeIsCommutativeAndIdempotentAndTheLeastUpperBound() {
        for (VectorClock a : CLOCKS) {
            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(VectorClock.empty())).isEqualTo(a);
            for (VectorClock b : CLOCKS) {
                VectorClock join = a.merge(b);
                assertThat(join).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
                assertThat(join.entries()).isEqualTo(maximum(a, b));
                assertThat(isAtMost(a, join) && isAtMost(b, join)).isTrue();
                for (VectorClock c : CLOCKS) {
                    assertThat(isAtMost(join, c)).isEqualTo(isAtMost(a, c) && isAtMost(b, c));
                }
            }
        }
    }

    @Test
    void mergeIsAssociative() {
        for (VectorClock a : CLOCKS) {
            for (VectorClock b : CLOCKS) {
                for (VectorClock c : CLOCKS.subList(0, 40)) {
                    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
                }
            }
        }
    }

    @Test
    void compareIsTheEntryWiseOrderWithMissingAsZero() {
        for (VectorClock a : CLOCKS) {
            for (VectorClock b : CLOCKS) {
                boolean below = b.entries().keySet().containsAll(a.entries().keySet());
                boolean above = a.entries().keySet().containsAll(b.entries().keySet());
                for (ProcessId process : maximum(a, b).keySet()) {
                    below &= a.get(process) <= b.get(process);
                    above &= a.get(process) >= b.get(process);
                }
                assertThat(a.compare(b)).isEqualTo(CausalOrder.of(below, above));
                assertThat(b.compare(a)).isEqualTo(a.compare(b).reversed());
                assertThat(a.equals(b)).isEqualTo(a.entries().equals(b.entries()));
            }
        }
    }

    @Test
    void beforeIsTransitive() {
        for (VectorClock a : CLOCKS) {
            for (VectorClock b : CLOCKS) {
                for (VectorClock c : CLOCKS) {
                    if (a.compare(b) == CausalOrder.BEFORE && b.compare(c) == CausalOrder.BEFORE) {
                        assertThat(a.compare(c)).isEqualTo(CausalOrder.BEFORE);
                    }
                }
            }
        }
    }

    @Test
    void explicitZeroEqualsMissingEntry() {
        VectorClock missing = VectorClock.of(Map.of(A, 1L));
        VectorClock zero = VectorClock.of(Map.of(A, 1L, B, 0L));
        assertThat(zero).isEqualTo(missing).hasSameHashCodeAs(missing).hasToString("{A=1}");
        assertThat(zero.compare(missing)).isEqualTo(CausalOrder.EQUAL);
        assertThat(zero.size()).isEqualTo(1);
        assertThat(VectorClock.of(Map.of(A, 0L))).isEqualTo(VectorClock.empty());
    }

    @Test
    void crossedEntriesAreConcurrent() {
        VectorClock a = VectorClock.of(Map.of(A, 1L, B, 2L));
        VectorClock b = VectorClock.of(Map.of(A, 2L, B, 1L));
        assertThat(a.compare(b)).isEqualTo(CausalOrder.CONCURRENT);
        assertThat(VectorClock.of(Map.of(A, 1L)).compare(VectorClock.of(Map.of(B, 1L))))
                .isEqualTo(CausalOrder.CONCURRENT);
    }

    @Test
    void otherCountersOfTheSameProcesses() {
        VectorClock clock = VectorClock.parse("{a=1, b=2}");
        long[] counters = {5, Dot.MAX_COUNTER};
        VectorClock other = clock.withCounters(counters);
        counters[0] = 7;
        assertThat(other).isEqualTo(VectorClock.of(Map.of(ProcessId.of("a"), 5L, ProcessId.of("b"), Dot.MAX_COUNTER)));
        for (long wrong : new long[] {0, -1, Long.MIN_VALUE, Dot.MAX_COUNTER + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> clock.withCounters(new long[] {1, wrong}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("entries=[1, " + wrong + "];");
        }
        assertThatThrownBy(() -> clock.withCounters(new long[1])).hasMessageContaining("processes=2, entries=1;");
    }

    @Test
    void tickCountsOneEventOfOneProcess() {
        for (VectorClock clock : CLOCKS) {
            VectorClock ticked = clock.tick(A);
            Map<ProcessId, Long> expected = new HashMap<>(clock.entries());
            expected.merge(A, 1L, Long::sum);
            assertThat(ticked.entries()).isEqualTo(expected);
            assertThat(clock.compare(ticked)).isEqualTo(CausalOrder.BEFORE);
            assertThat(ticked.includes(new Dot(A, 1))).isTrue();
            assertThat(ticked.includes(new Dot(A, 2))).isFalse();
        }
    }

    private static VectorClock drawn(Random random) {
        Map<ProcessId, Long> entries = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(new ProcessId("node-" + random.nextInt(3), random.nextInt(2)), (long) random.nextInt(4));
        }
        return VectorClock.of(entries);
    }

    private static boolean isAtMost(VectorClock a, VectorClock b) {
        return switch (a.compare(b)) {
            case EQUAL, BEFORE -> true;
            case AFTER, CONCURRENT -> false;
        };
    }

    private static Map<ProcessId, Long> maximum(VectorClock a, VectorClock b) {
        Map<ProcessId, Long> maximum = new TreeMap<>(a.entries());
        b.entries().forEach((process, counter) -> maximum.merge(process, counter, Math::max));
        return maximum;
    }
}
