package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.antichain.schemas.RandomValues;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.wire.Event;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no record of ours: each is refused with the class of its failure, at no great cost. */
class HostileBytesTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_105L);
    private static final int MUTATIONS = 100_000;

    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(SEED);
    private final AvroSerializer serializer = surrounds.serializer(registry.url());
    private final AvroDeserializer deserializer = surrounds.deserializer(registry.url());

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        // process "a", counter 5, then the clock; or what stands there instead
        "02610a02 80808080808080808001, OVER_LIMIT, 'block of 2^62 entries'",
        "02610a02 8080808010, OVER_LIMIT, 'block of 2^31 entries'",
        "02610a02 ffffffffffffffffff01 02, OVER_LIMIT, 'block of -2^63 entries'",
        "02610a02 c801 0261, TRUNCATED, 'more entries than bytes left'",
        "02610a02 01 ffffffff0f, OVER_LIMIT, 'negative block size'",
        "02610a02 02 0261, TRUNCATED, 'entry without value'",
        "01, OVER_LIMIT, 'string of -1 bytes'",
        "ffffffffffffffffff01, OVER_LIMIT, 'string of -2^63 bytes'",
        "feffffffffffffffff01, OVER_LIMIT, 'string of 2^63 - 1 bytes'",
        "feffffff0f, TRUNCATED, 'string of 2^31 - 1 bytes'",
        "c801, TRUNCATED, 'string longer than the rest'",
        "04c328, INVALID_VALUE, 'no UTF-8'",
        "0261 ffffffffffffffffffff01, INVALID_VALUE, 'long of more than 64 bits'",
        "02610a 04, INVALID_VALUE, 'no such union branch'",
        "02610a 01, INVALID_VALUE, 'negative union branch'",
        "02610a 00 0e 00 0270 d00f 10, INVALID_VALUE, 'no such kind'",
        "02610a 00 0e 00 0270 d00f 01, INVALID_VALUE, 'negative kind'",
        "02610a 00 0e 00 0270 d00f, TRUNCATED, 'no kind'",
        "02610a 00 0e 00 0270 d00f 02 00, TRUNCATED, 'bytes left over'",
        "'', TRUNCATED, 'nothing at all'",
    })
    void malformedEventIsRefused(String hex, Failure failure, String situation) {
        serializer.serialize("events", WireFormatTest.event());
        refuses(framed(1, hex), failure);
    }

    @Test
    void entriesBeyondTheLimitAreRefused() {
        Event event = WireFormatTest.event();
        event.setClock(new java.util.HashMap<>());
        for (int i = 0; i < 101; i++) {
            event.getClock().put("node-" + i, 1L);
        }
        byte[] bytes = serializer.serialize("events", event);
        assertThat(deserializer.deserialize("events", bytes)).isEqualTo(event);
        AvroDeserializer strict = surrounds.deserializer(registry.url(), RegistrySettings.MAX_COLLECTION_ITEMS, "100");
        assertThatThrownBy(() -> strict.deserialize("events", bytes))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> assertThat(refusal.failure())
                        .isEqualTo(Failure.OVER_LIMIT))
                .hasMessageContaining("items=101");
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "00000000", "0100000001", "7b7d202020202020"})
    void bytesWithoutFrameAreRefused(String hex) {
        refuses(HexFormat.of().parseHex(hex), Failure.NOT_FRAMED);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void schemasThatAreNotOursAreRefusedAndAskedForOnce() {
        List<String> foreign = List.of(
                "\"string\"",
                "{\"type\":\"record\",\"name\":\"Event\",\"namespace\":\"other\",\"fields\":[]}",
                "{\"type\":\"record\",\"name\":\"Event\",\"namespace\":\"io.antichain.wire\",\"fields\":[]}",
                "{\"type\":\"enum\",\"name\":\"Event\",\"namespace\":\"io.antichain.wire\",\"symbols\":[\"A\"]}",
                "{\"type\":\"record\",\"name\":\"Topics\",\"namespace\":\"io.antichain.schemas\",\"fields\":[]}",
                SchemaVariants.unreadable(),
                "no JSON",
                "{\"type\":\"nothing\"}",
                "[".repeat(100_000),
                "{\"type\":\"array\",\"items\":".repeat(900) + "\"null\"" + "}".repeat(900));
        for (String schema : foreign) {
            byte[] bytes = framed(registry.add("foreign", schema), "00");
            refuses(bytes, Failure.WRONG_SCHEMA);
            refuses(bytes, Failure.WRONG_SCHEMA);
        }
        refuses(framed(registry.addOfType("JSON", "{}"), "00"), Failure.WRONG_SCHEMA);
        assertThat(registry.requests()).hasSize(foreign.size() + 1);
    }

    @Test
    void deepNestingThatAForeignSchemaAllowsIsRefused() {
        String recursive = Event.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"deep\",\"type\":{\"type\":\"record\",\"name\":\"Deep\",\"fields\":"
                                + "[{\"name\":\"next\",\"type\":[\"null\",\"Deep\"]}]}},");
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 2);
        byte[] frame = framed(registry.add("foreign", recursive), "");
        System.arraycopy(frame, 0, bytes, 0, frame.length);
        refuses(bytes, Failure.OVER_LIMIT);
    }

    @Test
    void itemsOfNoBytesArePaidForAllTheSame() {
        String nulls = Event.getClassSchema()
                .toString()
                .replaceFirst(
                        "\"fields\":\\[",
                        "\"fields\":[{\"name\":\"nulls\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},");
        refuses(framed(registry.add("foreign", nulls), "feffffff0f" + "00".repeat(50)), Failure.OVER_LIMIT);
    }

    @Test
    void mutatedRecordsAreReadOrRefusedAndNeverCostMuch() {
        System.out.println("HostileBytesTest: -Dantichain.seed=" + SEED);
        Random random = new Random(SEED);
        List<byte[]> good = goodRecords(new RandomValues(SEED));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Set<Failure> seen = EnumSet.noneOf(Failure.class);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(good.get(random.nextInt(good.size())), random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                deserializer.deserialize("events", bytes);
                read++;
            } catch (DecodingException refusal) {
                seen.add(refusal.failure());
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("seed=%d, mutation=%d", SEED, i)
                    .isLessThan(1_000_000);
        }
        assertThat(read).as("some mutations hit a payload").isBetween(1, MUTATIONS - 1);
        assertThat(seen)
                .contains(
                        Failure.NOT_FRAMED,
                        Failure.UNKNOWN_ID,
                        Failure.TRUNCATED,
                        Failure.OVER_LIMIT,
                        Failure.INVALID_VALUE);
    }

    private List<byte[]> goodRecords(RandomValues values) {
        List<byte[]> good = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            good.add(serializer.serialize("events", WireCodec.toWire(values.event())));
            good.add(serializer.serialize("conflicts", WireCodec.toWire(values.conflict())));
            good.add(serializer.serialize("clocks", WireCodec.toWire(values.checkpoint())));
            good.add(serializer.serialize("anomalies", WireCodec.toWire(values.anomaly())));
        }
        good.forEach(bytes -> deserializer.deserialize("events", bytes));
        return good;
    }

    /** Flips bits, overwrites, cuts or lengthens; the id is hit too, but rarely, as each new one is asked for. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(good.length + 20) : good.length);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            int from = random.nextInt(50) == 0 ? 0 : 5;
            int at = bytes.length > from ? from + random.nextInt(bytes.length - from) : 0;
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ (1 << random.nextInt(8))) : (byte) random.nextInt();
        }
        return bytes;
    }

    private void refuses(byte[] bytes, Failure failure) {
        assertThatThrownBy(() -> deserializer.deserialize("events", bytes))
                .isInstanceOfSatisfying(DecodingException.class, refusal -> {
                    assertThat(refusal.failure()).as(refusal.getMessage()).isEqualTo(failure);
                    assertThat(refusal.getMessage()).matches("[^:]+: .+=.*; .+").hasSizeLessThan(600);
                    assertThat(refusal.getMessage().getBytes(StandardCharsets.UTF_8))
                            .doesNotContain((byte) '\n');
                });
    }

    private static byte[] framed(int id, String hex) {
        return HexFormat.of().parseHex("00%08x".formatted(id) + hex.replace(" ", ""));
    }
}
