package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.schemas.codec.WireCodec;
import io.antichain.wire.Event;
import io.antichain.wire.EventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This version's Event beside another that has one field more, or one kind more. */
class OtherVersionsTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(3);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void addedFieldIsSkippedByUs() throws IOException {
        GenericRecord newer = asReadBy(SchemaVariants.parsed(SchemaVariants.withAddedFieldFirst()));
        newer.put("added", "something");
        assertThat(surrounds.deserializer(registry.url()).deserialize("events", written(newer)))
                .isEqualTo(WireFormatTest.event());
    }

    @Test
    void missingFieldIsFilledByTheirDefault() throws IOException {
        GenericRecord newer = asReadBy(SchemaVariants.parsed(SchemaVariants.withAddedFieldFirst()));
        assertThat(newer.get("added")).hasToString("none");
        assertThat(newer.get("counter")).isEqualTo(5L);
    }

    @Test
    void addedKindIsReadAsUnknownAndRefusedByTheCodec() throws IOException {
        Schema schema = SchemaVariants.parsed(SchemaVariants.withAddedKind());
        GenericRecord newer = asReadBy(schema);
        newer.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "ADDED"));
        Event event = (Event) surrounds.deserializer(registry.url()).deserialize("events", written(newer));
        assertThat(event.getKind()).isEqualTo(EventKind.UNKNOWN);
        assertThatThrownBy(() -> WireCodec.fromWire(event)).hasMessageContaining("kind=UNKNOWN");
    }

    @Test
    void ourKindsAreReadByAReaderThatHasMore() throws IOException {
        assertThat(asReadBy(SchemaVariants.parsed(SchemaVariants.withAddedKind()))
                        .get("kind"))
                .hasToString("MESSAGE");
    }

    /** What a program with {@code schema} reads of an event that we wrote. */
    private GenericRecord asReadBy(Schema schema) throws IOException {
        byte[] ours = surrounds.serializer(registry.url()).serialize("events", WireFormatTest.event());
        return new GenericDatumReader<GenericRecord>(Event.getClassSchema(), schema)
                .read(null, DecoderFactory.get().binaryDecoder(ours, 5, ours.length - 5, null));
    }

    private byte[] written(GenericRecord newer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int id = registry.add("events-value", newer.getSchema().toString());
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(newer.getSchema()).write(newer, encoder);
        return bytes.toByteArray();
    }
}
