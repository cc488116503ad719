package io.antichain.stamping.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.ProcessId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lives that a broker tells apart have different numbers. */
class IncarnationTest {
    @Test
    void eachEpochOfAProducerIdHasANumberOfItsOwn() {
        Set<Integer> numbers = new HashSet<>();
        for (long producerId = 4_000; producerId < 4_010; producerId++) {
            for (int epoch = 0; epoch < 32_768; epoch++) {
                assertThat(numbers.add(Incarnation.of("cluster", producerId, epoch)))
                        .isTrue();
            }
        }
    }

    @Test
    void everyNumberIsOneOfAProcess() {
        for (long producerId : new long[] {0, 1, 30_516, 30_517, 1_000_000, Long.MAX_VALUE}) {
            for (int epoch : new int[] {0, 32_767}) {
                int number = Incarnation.of("J8qXRwI-Qyi2G0guFTiuYw", producerId, epoch);
                assertThat(new ProcessId("a", number).incarnation()).isEqualTo(number);
            }
        }
        assertThat(Incarnation.drawn(Long.MIN_VALUE)).isBetween(0, 999_981_055);
    }

    @Test
    void twoClustersGiveTheFirstLivesOfANameDifferentNumbers() {
        assertThat(Incarnation.of("east", 0, 0)).isNotEqualTo(Incarnation.of("west", 0, 0));
    }

    @Test
    void whatNoBrokerGivesIsRefused() {
        assertThatThrownBy(() -> Incarnation.of("cluster", -1, -1)).hasMessageContaining("producer-id=-1");
    }
}
