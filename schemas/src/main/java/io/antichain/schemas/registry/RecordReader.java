package io.antichain.schemas.registry;

import io.antichain.schemas.codec.BytesDecoder;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.EventReader;
import io.antichain.wire.Anomaly;
import io.antichain.wire.ClockCheckpoint;
import io.antichain.wire.Conflict;
import io.antichain.wire.Event;
import io.antichain.wire.EventRef;
import io.antichain.wire.Run;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Reads records of one writer's schema as the generated class of the same full name; made once per schema id. */
final class RecordReader {
    private static final Map<String, Schema> OURS = Stream.of(
                    Event.getClassSchema(),
                    ClockCheckpoint.getClassSchema(),
                    Conflict.getClassSchema(),
                    Anomaly.getClassSchema(),
                    EventRef.getClassSchema(),
                    Run.getClassSchema())
            .collect(Collectors.toUnmodifiableMap(Schema::getFullName, schema -> schema));

    /** What is read of the bytes of a record. */
    private interface Reading<T> {
        T read(BytesDecoder decoder) throws IOException;
    }

    private final DatumReader<SpecificRecord> reader;
    private final boolean isOfEvents;

    private RecordReader(DatumReader<SpecificRecord> reader, boolean isOfEvents) {
        this.reader = reader;
        this.isOfEvents = isOfEvents;
    }

    /**
     * A reader of what was written with {@code writerText}.
     *
     * @throws DecodingException WRONG_SCHEMA if that is no Avro schema, names none of our records, or cannot be read as it
     */
    static RecordReader of(String id, String writerText) {
        Schema writer;
        Schema ours;
        String incompatible;
        try {
            writer = new Schema.Parser().parse(writerText);
            ours = writer.getType() == Schema.Type.RECORD ? OURS.get(writer.getFullName()) : null;
            incompatible = ours == null ? null : incompatibility(ours, writer);
        } catch (RuntimeException | StackOverflowError unreadable) {
            throw wrong("A record's schema is an Avro schema", id, "", unreadable);
        }
        if (ours == null) {
            String name = writer.getType() == Schema.Type.RECORD ? writer.getFullName() : writer.getName();
            throw wrong("A record is one of io.antichain.wire", id, ", name=" + name, null);
        }
        if (incompatible != null) {
            throw wrong("A writer's schema can be read as ours of that name", id, ", " + incompatible, null);
        }
        // The builder's cache of nested readers is not safe for threads, and it is one for all deserializers.
        synchronized (OURS) {
            try {
                return new RecordReader(
                        SpecificData.getForSchema(ours).getFastReaderBuilder().createDatumReader(writer, ours),
                        EventReader.canRead(writer));
            } catch (IOException | RuntimeException | StackOverflowError unresolvable) {
                throw wrong("A writer's schema can be read as ours of that name", id, "", unresolvable);
            }
        }
    }

    /** Why {@code reader} cannot read what {@code writer} wrote, or null. */
    static String incompatibility(Schema reader, Schema writer) {
        var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (compatibility.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return null;
        }
        return compatibility.getResult().getIncompatibilities().stream()
                .map(incompatibility ->
                        "incompatibility=" + incompatibility.getType() + ", at=" + incompatibility.getLocation())
                .findFirst()
                .orElse("incompatibility=unnamed");
    }

    /** The record in {@code bytes} from {@code position} to their end. */
    SpecificRecord read(byte[] bytes, int position, int maxItems) {
        return read(bytes, position, maxItems, decoder -> reader.read(null, decoder));
    }

    /** The same, but an event as a value if it is written as this version writes it. */
    Object readValue(byte[] bytes, int position, int maxItems) {
        return isOfEvents ? read(bytes, position, maxItems, EventReader::read) : read(bytes, position, maxItems);
    }

    private static <T> T read(byte[] bytes, int position, int maxItems, Reading<T> reading) {
        try {
            BytesDecoder decoder = new BytesDecoder(bytes, position, maxItems);
            T read = reading.read(decoder);
            decoder.requireEnd();
            return read;
        } catch (DecodingException refusal) {
            throw refusal;
        } catch (StackOverflowError tooDeep) {
            throw new DecodingException(
                    Failure.OVER_LIMIT,
                    "A record's nesting is shallow: length=" + bytes.length + "; its writer's schema is recursive",
                    tooDeep);
        } catch (IOException | RuntimeException malformed) {
            throw new DecodingException(
                    Failure.INVALID_VALUE,
                    "A record's bytes fit its schema: length=" + bytes.length + " ("
                            + malformed.getClass().getSimpleName() + "); the record's writer is broken",
                    malformed);
        }
    }

    private static DecodingException wrong(String rule, String id, String found, Throwable cause) {
        return new DecodingException(
                Failure.WRONG_SCHEMA, rule + ": id=" + id + found + "; write it with a schema of this system", cause);
    }
}
