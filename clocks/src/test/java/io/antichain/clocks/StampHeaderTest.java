package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stamps come back from a header's bytes and from their base64 text; anything else is refused for its reason. */
class StampHeaderTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:1         | {a=1}                  | 1   | 210001000100026101",
                "node-2:300  | {node-1=5, node-2=300} | 400 | 210090030102000c6e6f64652d3105050232ac02",
                "node-1~2:7  | {node-1=3, node-1~2=7} | 9   | 2100090102000c6e6f64652d310306010207",
                "ü:1         | {b=2, ü=1}             | 3   | 2100030102000262020004c3bc01",
            })
    void theBytesAreThese(String dot, String clock, long lamport, String hex) {
        Stamp stamp = new Stamp(Dot.parse(dot), VectorClock.parse(clock), new LamportTimestamp(lamport));
        assertThat(HexFormat.of().formatHex(BinaryForm.encode(stamp))).isEqualTo(hex);
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(StampHeader.read(bytes)).isEqualTo(stamp);
        assertThat(StampHeader.isBase64(bytes)).isFalse();
        byte[] text = Base64.getEncoder().encode(bytes);
        assertThat(StampHeader.isBase64(text)).isTrue();
        assertThat(StampHeader.read(text)).isEqualTo(stamp);
    }

    @Test
    void aFlagOfALaterVersionIsPassedOver() {
        assertThat(StampHeader.read(HexFormat.of().parseHex("214001000100026101"))
                        .dot())
                .isEqualTo(Dot.parse("a:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | In an encoded stamp the bytes go on",
                "21                 | In an encoded stamp the bytes go on",
                "2100               | In an encoded stamp the bytes go on",
                "210001010100026101 | In an encoded stamp the event's process is one of the clock's entries",
                "2100010000         | In an encoded stamp the event's process is one of the clock's entries",
                "21000100010002610100 | In an encoded stamp the bytes end with the last entry",
                "2100ffffffffffffff1f000100026101 | In an encoded stamp lamport is at most 9007199254740991",
                "0100               | A stamp is bytes that begin with 0x21, or their base64 text",
                "49514142           | In an encoded stamp",
                "68656c6c6f         | A stamp is bytes that begin with 0x21, or their base64 text",
            })
    void whatIsNoStampIsRefused(String hex, String reason) {
        byte[] value = HexFormat.of().parseHex(hex.strip());
        assertThatThrownBy(() -> StampHeader.read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void mutatedBytesGiveAStampWithItsOwnEntryOrASentence() {
        System.out.println("StampHeaderTest: -Dantichain.seed=" + SEED);
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 30_000; i++) {
            Map<ProcessId, Long> entries = new HashMap<>();
            for (int k = random.nextInt(5); k >= 0; k--) {
                entries.put(ProcessId.of("p" + random.nextInt(9)), 1L + random.nextInt(300));
            }
            ProcessId own = entries.keySet().iterator().next();
            Stamp stamp = new Stamp(
                    new Dot(own, entries.get(own)),
                    VectorClock.of(entries),
                    new LamportTimestamp(random.nextInt(1_000)));
            byte[] bytes = BinaryForm.encode(stamp);
            assertThat(StampHeader.read(bytes)).as("seed=%d", SEED).isEqualTo(stamp);
            byte[] mutated = Arrays.copyOf(bytes, bytes.length - random.nextInt(2));
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            try {
                Stamp other = StampHeader.read(mutated);
                assertThat(other.clock().get(other.dot().process()))
                        .isEqualTo(other.dot().counter());
                read++;
            } catch (IllegalArgumentException refusal) {
                assertThat(refusal).hasMessageMatching("(?s)[^\\p{Cntrl}]+: .+; .+");
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void aStampOfSixteenProcessesTakesSixBytesAnEntry() {
        VectorClock clock = VectorClock.empty();
        for (int i = 0; i < 16; i++) {
            clock = clock.tick(ProcessId.of("orders-" + (10 + i)));
        }
        Stamp stamp = new Stamp(Dot.parse("orders-12:1"), clock, new LamportTimestamp(20_000));
        assertThat(BinaryForm.encode(stamp)).hasSizeLessThan(16 * 6);
        assertThat("orders-12".getBytes(StandardCharsets.UTF_8)).hasSize(9);
    }
}
