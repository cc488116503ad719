package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks and dots come back from their bytes; other bytes are refused, each for its reason. */
class BinaryFormTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_104L);
    private static final List<String> NAME_PARTS =
            List.of("node-", "n", "", "приёмник", "😀", "\uFFFD", "x".repeat(100), "a=b,");

    private final Random random = new Random(SEED);

    @Test
    void everyClockComesBackFromItsBytesWithinTheStatedBound() {
        System.out.println("BinaryFormTest: -Dantichain.seed=" + SEED);
        for (int i = 0; i < 3_000; i++) {
            VectorClock clock = drawnClock();
            byte[] bytes = BinaryForm.encode(clock);
            assertThat(BinaryForm.decodeClock(bytes)).as("seed=%d", SEED).isEqualTo(clock);
            int longestName = clock.entries().keySet().stream()
                    .mapToInt(process -> BinaryForm.utf8(process).length)
                    .max()
                    .orElse(0);
            assertThat(bytes.length).isLessThanOrEqualTo(3 + clock.size() * (longestName + 17));
        }
    }

    @Test
    void everyDotComesBackFromItsBytes() {
        for (int i = 0; i < 3_000; i++) {
            Dot dot = new Dot(drawnProcess(), drawnCounter());
            assertThat(BinaryForm.decodeDot(BinaryForm.encode(dot))).isEqualTo(dot);
        }
        Dot longest = new Dot(
                new ProcessId("ࠀ".repeat(ProcessId.MAX_NAME_LENGTH), ProcessId.MAX_INCARNATION), Dot.MAX_COUNTER);
        assertThat(BinaryForm.encode(longest)).hasSize(BinaryForm.MAX_DOT_BYTES);
        assertThat(BinaryForm.decodeDot(BinaryForm.encode(longest))).isEqualTo(longest);
    }

    @Test
    void bytesThatDecodeAreTheOnlyOnesOfTheirClock() {
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] written = BinaryForm.encode(smallClock());
            if (i % 2 == 0) { // then the clock's processes are known before the mutated bytes are read
                BinaryForm.decodeClock(written);
            }
            byte[] bytes = mutated(written);
            try {
                assertThat(BinaryForm.encode(BinaryForm.decodeClock(bytes)))
                        .as("seed=%d, bytes=%s", SEED, HexFormat.of().formatHex(bytes))
                        .isEqualTo(bytes);
                accepted++;
            } catch (IllegalArgumentException refusal) {
                assertThat(refusal).hasMessageMatching("[^\\p{Cntrl}]+: position=\\d+, \\w+=[^\\p{Cntrl}]*; .+");
                refused++;
            }
        }
        assertThat(accepted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | the bytes go on",
                "02 00        | the first byte is 1 in this version",
                "11 00 02 61 01 | the first byte is 1 in this version",
                "01           | the bytes go on",
                "01 01        | the bytes go on",
                "01 01 00 02 61 | the bytes go on",
                "01 01 00 7e 61 01 | the bytes go on",
                "01 00 00     | the bytes end with the last entry",
                "01 80 00     | a number takes as few bytes as it can",
                "01 ff ff ff ff ff ff ff ff ff 01 | a number takes as few bytes as it can",
                "01 e9 07     | entries is at most 1000",
                "01 01 00 02 61 00 | counters are at least 1",
                "01 01 00 02 61 80 80 80 80 80 80 80 10 | counter is at most 9007199254740991",
                "01 01 00 03 61 00 01 | an incarnation of 0 is not written",
                "01 01 00 03 61 80 94 eb dc 03 01 | incarnation is at most 999999999",
                "01 01 01 02 61 01 | shared is at most 0",
                "01 01 00 d8 0b 61 | length is at most 1495",
                "01 02 00 02 61 01 00 02 61 01 | a name shares all that it can with the one before",
                "01 02 00 02 61 01 01 00 01 | entries stand in the order of their processes, each once",
                "01 02 00 02 62 01 00 02 61 01 | entries stand in the order of their processes, each once",
                "01 01 00 02 ff 01 | names are UTF-8",
                "01 01 00 02 20 01 | the name is a process name",
                "01 01 00 00 01 01 | the name is a process name",
            })
    void bytesThatAreNoClockAreRefusedForTheirReason(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> BinaryForm.decodeClock(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("In an encoded clock " + reason);
    }

    @Test
    void bytesThatAreNoDotAreRefused() {
        byte[] dot = BinaryForm.encode(Dot.parse("a:1"));
        assertThatThrownBy(() -> BinaryForm.decodeDot(Arrays.copyOf(dot, dot.length + 1)))
                .hasMessageContaining("left=1;");
        assertThatThrownBy(() -> BinaryForm.decodeDot(BinaryForm.encode(VectorClock.empty())))
                .hasMessageContaining("format=1;");
        assertThatThrownBy(() -> BinaryForm.decodeDot(new byte[BinaryForm.MAX_DOT_BYTES + 1]))
                .hasMessageContaining("bytes=765;");
    }

    @Test
    void clocksAndBytesPastTheLimitsAreRefused() {
        VectorClock clock = VectorClock.empty();
        for (int i = 0; i < BinaryForm.MAX_ENTRIES; i++) {
            clock = clock.tick(ProcessId.of("node-" + i));
        }
        assertThat(BinaryForm.decodeClock(BinaryForm.encode(clock))).isEqualTo(clock);
        VectorClock wider = clock.tick(ProcessId.of("one-more"));
        assertThatThrownBy(() -> BinaryForm.encode(wider)).hasMessageContaining("entries=1001;");
        assertThatThrownBy(() -> BinaryForm.decodeClock(new byte[BinaryForm.MAX_CLOCK_BYTES + 1]))
                .hasMessageContaining("bytes=764004;");
    }

    @Test
    void aWideStampIsReadAlikeWhetherItsProcessesAreKnownOrNot() {
        byte[] written = BinaryForm.encode(wideStamp(0));
        byte[][] strangers = {BinaryForm.encode(wideStamp(1)), BinaryForm.encode(wideStamp(2))};
        assertThat(BinaryForm.decodeStamp(written)).isEqualTo(wideStamp(0));
        assertThat(BinaryForm.decodeStamp(written)).isEqualTo(wideStamp(0));
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = mutated(written.clone());
            BinaryForm.decodeStamp(written);
            Object known = stampOrRefusal(bytes);
            for (byte[] stranger : strangers) { // as many as push the processes out
                BinaryForm.decodeStamp(stranger);
            }
            assertThat(stampOrRefusal(bytes))
                    .as("seed=%d, mutation %d", SEED, i)
                    .isEqualTo(known);
        }
    }

    /** A stamp of as many entries as there may be, whose processes have the same names in another life. */
    private static Stamp wideStamp(int incarnation) {
        Map<ProcessId, Long> entries = new HashMap<>();
        for (int i = 0; i < BinaryForm.MAX_ENTRIES; i++) {
            entries.put(new ProcessId("node-" + i, incarnation), (1L << i % 40) + i);
        }
        ProcessId own = new ProcessId("node-500", incarnation);
        return new Stamp(new Dot(own, entries.get(own)), VectorClock.of(entries), new LamportTimestamp(1_000_000));
    }

    private static Object stampOrRefusal(byte[] bytes) {
        try {
            return BinaryForm.decodeStamp(bytes);
        } catch (IllegalArgumentException refusal) {
            return refusal.getMessage();
        }
    }

    private byte[] mutated(byte[] bytes) {
        byte[] mutated = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 3)) : bytes;
        for (int i = random.nextInt(3); i > 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) (random.nextBoolean() ? mutated[at] + random.nextInt(5) - 2 : random.nextInt());
        }
        return mutated;
    }

    private VectorClock smallClock() {
        Map<ProcessId, Long> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(
                    new ProcessId("" + (char) ('a' + random.nextInt(3)), random.nextInt(2)), 1L + random.nextInt(300));
        }
        return VectorClock.of(entries);
    }

    private VectorClock drawnClock() {
        Map<ProcessId, Long> entries = new HashMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            entries.put(drawnProcess(), drawnCounter());
        }
        return VectorClock.of(entries);
    }

    private ProcessId drawnProcess() {
        String name = NAME_PARTS.get(random.nextInt(NAME_PARTS.size()))
                + random.nextInt(50)
                + NAME_PARTS.get(random.nextInt(NAME_PARTS.size()));
        return new ProcessId(name, random.nextInt(3) == 0 ? random.nextInt(ProcessId.MAX_INCARNATION) : 0);
    }

    private long drawnCounter() {
        return 1 + (random.nextLong() >>> 11) % (1L << random.nextInt(54)) % Dot.MAX_COUNTER;
    }
}
