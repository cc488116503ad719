package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.RandomValues;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.WireCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events read, and conflicts written, without a record between: just as with one. */
class StraightToBytesTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_261_129L);
    private static final int VALUES = 5_000;
    private static final int MUTATIONS = 200_000;

    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(SEED);
    private final AvroSerializer serializer = surrounds.serializer(registry.url());
    private final AvroDeserializer deserializer = surrounds.deserializer(registry.url());
    private final Deserializer<Object> values = deserializer.values();

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void eventsAreReadAsFromTheirRecords() {
        System.out.println("StraightToBytesTest: -Dantichain.seed=" + SEED);
        RandomValues random = new RandomValues(SEED);
        for (int i = 0; i < VALUES; i++) {
            Event event = random.event();
            byte[] bytes = serializer.serialize("events", WireCodec.toWire(event));
            assertThat(values.deserialize("events", bytes)).isEqualTo(event);
            assertThat(values.deserialize("events", new RecordHeaders(), bytes)).isEqualTo(event);
        }
    }

    @Test
    void mutatedEventsAreReadAlikeOrRefusedByBoth() {
        System.out.println("StraightToBytesTest: -Dantichain.seed=" + SEED);
        RandomValues events = new RandomValues(SEED);
        Random random = new Random(SEED);
        int read = 0;
        int changed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Event event = events.event();
            byte[] written = serializer.serialize("events", WireCodec.toWire(event));
            if (i % 2 == 0) { // then the sender's clock is known before the mutated bytes are read
                assertThat(attempt(written)).isPresent();
            }
            byte[] bytes = mutated(written, random);
            Optional<Object> expected = fromRecord(bytes);
            assertThat(attempt(bytes)).as("seed=%d, mutation=%d", SEED, i).isEqualTo(expected);
            read += expected.isPresent() ? 1 : 0;
            changed += expected.isPresent() && !expected.get().equals(event) ? 1 : 0;
        }
        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
        assertThat(changed).as("read, and not what was written").isGreaterThan(MUTATIONS / 100);
    }

    @Test
    void clocksInAnyOrderInSeveralBlocksAndWithRepetitionsAreReadAlike() throws IOException {
        byte[] frame = serializer.serialize("events", WireCodec.toWire(new RandomValues(SEED).event()));
        for (List<List<String>> blocks : List.of(
                List.of(List.of("node-2", "node-1", "node-3")),
                List.of(List.of("node-1"), List.of("node-2", "node-3"), List.of("node-4")),
                List.of(List.of("node-1", "node-1", "node-2")),
                List.of(List.of("node-2", "node-1"), List.of("node-2")),
                List.<List<String>>of())) {
            for (boolean isSized : new boolean[] {false, true}) {
                byte[] bytes = event(frame, blocks, isSized);
                Optional<Object> expected = fromRecord(bytes);
                assertThat(expected).isPresent();
                assertThat(attempt(bytes)).as("%s", blocks).isEqualTo(expected);
            }
        }
    }

    @Test
    void eventsInSchemasOfOtherVersionsAreReadAsRecords() {
        byte[] ours = serializer.serialize("events", WireFormatTest.event());
        int id = registry.add("events-value", SchemaVariants.withAddedFieldFirst());
        byte[] theirs = ByteBuffer.allocate(ours.length + 1)
                .put((byte) 0)
                .putInt(id)
                .put((byte) 0) // the added field, an empty text
                .put(ours, AvroDeserializer.FRAME_BYTES, ours.length - AvroDeserializer.FRAME_BYTES)
                .array();
        for (int i = 0; i < 2; i++) {
            assertThat(values.deserialize("events", ours)).isEqualTo(WireCodec.fromWire(WireFormatTest.event()));
            assertThat(values.deserialize("events", theirs)).isEqualTo(WireFormatTest.event());
        }
    }

    @Test
    void aFrameWithoutARecordIsNotTakenForThatOfAnother() {
        byte[] good = serializer.serialize("events", WireFormatTest.event());
        byte[] none = Arrays.copyOf(good, AvroDeserializer.FRAME_BYTES);
        byte[] ofSchemaZero = good.clone();
        Arrays.fill(ofSchemaZero, 0, AvroDeserializer.FRAME_BYTES, (byte) 0);
        for (byte[] bytes : List.of(none, ofSchemaZero, none, ofSchemaZero)) {
            assertThatThrownBy(() -> values.deserialize("events", bytes)).isInstanceOf(DecodingException.class);
        }
        assertThat(attempt(good)).isPresent();
    }

    @Test
    void conflictsAreWrittenAsTheirRecords() {
        System.out.println("StraightToBytesTest: -Dantichain.seed=" + SEED);
        RandomValues random = new RandomValues(SEED);
        for (int i = 0; i < VALUES; i++) {
            Conflict conflict = random.conflict();
            assertThat(serializer.serializeConflict("conflicts", conflict))
                    .as("%s", conflict)
                    .isEqualTo(serializer.serialize("conflicts", WireCodec.toWire(conflict)));
        }
    }

    private Optional<Object> fromRecord(byte[] bytes) {
        try {
            return Optional.of(WireCodec.fromWire((io.antichain.wire.Event) deserializer.deserialize("events", bytes)));
        } catch (DecodingException refusal) {
            return Optional.empty();
        }
    }

    private Optional<Object> attempt(byte[] bytes) {
        try {
            return Optional.of(values.deserialize("events", bytes));
        } catch (DecodingException refusal) {
            return Optional.empty();
        }
    }

    /** Flips bits and overwrites bytes behind the frame, and cuts or lengthens. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(8) == 0 ? good.length - 2 + random.nextInt(4) : good.length);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = AvroDeserializer.FRAME_BYTES + random.nextInt(bytes.length - AvroDeserializer.FRAME_BYTES);
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ (1 << random.nextInt(8))) : (byte) random.nextInt();
        }
        return bytes;
    }

    /**
     * An event whose clock is written in these blocks.
     *
     * @param isSized whether each block says how many bytes it takes
     */
    private static byte[] event(byte[] framed, List<List<String>> blocks, boolean isSized) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(framed, 0, AvroDeserializer.FRAME_BYTES);
        Encoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeString("node-1");
        out.writeLong(9);
        out.writeIndex(1);
        long entry = 1;
        for (List<String> block : blocks) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            Encoder entries = EncoderFactory.get().directBinaryEncoder(content, null);
            for (String process : block) {
                entries.writeString(process);
                entries.writeLong(entry++);
            }
            out.writeLong(isSized ? -block.size() : block.size());
            if (isSized) {
                out.writeLong(content.size());
            }
            content.writeTo(bytes);
        }
        out.writeLong(0);
        out.writeLong(9);
        out.writeIndex(0);
        out.writeString("something");
        out.writeLong(1_700_000_000_000L);
        out.writeEnum(1);
        return bytes.toByteArray();
    }
}
