package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMemoryTest {
    @Test
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void entriesThatLeaveHalfOfEachPageUnusedAreForgottenInTheEnd() {
        KeyMemory memory = new KeyMemory(1 << 20);
        for (int i = 0; i < 200; i++) {
            memory.put(i + "k".repeat(30_000), siblings(i, 4_000));
            assertThat(memory.bytes()).isLessThanOrEqualTo(1 << 20);
        }
        assertThat(memory.forgotten()).isPositive();
        assertThat(memory.of("199" + "k".repeat(30_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000, 60_000, 66_000, 140_000, 1_000_000, Long.MAX_VALUE})
    void whatIsRememberedIsTheLastThatWasPutAndComesBackFromItsPages(long mostBytes) {
        Random random = new Random(mostBytes);
        KeyMemory memory = new KeyMemory(mostBytes);
        TreeMap<String, Long> put = new TreeMap<>();
        TreeMap<Long, byte[]> stored = new TreeMap<>();
        for (long i = 1; i <= 20_000; i++) {
            String key = "key-" + random.nextInt(3_000);
            memory.put(key, siblings(i, 20));
            put.put(key, i);
            if (i % 1_000 == 0) {
                stored.putAll(memory.takeChanges());
                stored.values().removeIf(page -> page.length == 0);
                KeyMemory restored = new KeyMemory(mostBytes);
                restored.restore(stored);
                check(memory, put);
                check(restored, put);
                assertThat(restored.size()).isEqualTo(memory.size());
            }
        }
        assertThat(memory.size() + (mostBytes == Long.MAX_VALUE ? 0 : memory.forgotten()))
                .isGreaterThanOrEqualTo(put.size());
    }

    private static void check(KeyMemory memory, TreeMap<String, Long> put) {
        put.forEach((key, counter) -> {
            PackedSibling[] siblings = memory.of(key);
            assertThat(siblings.length).isLessThanOrEqualTo(1);
            if (siblings.length == 1) {
                assertThat(siblings[0].counter()).as(key).isEqualTo(counter);
            }
        });
    }

    private static PackedSibling[] siblings(long counter, int bytes) {
        return new PackedSibling[] {new PackedSibling(0, counter, 0, new byte[bytes])};
    }
}
