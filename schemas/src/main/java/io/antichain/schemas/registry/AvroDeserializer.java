package io.antichain.schemas.registry;

import io.antichain.schemas.codec.AvroTrust;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a record in Confluent's wire format (0x00, the schema's id in four bytes, Avro binary) as the generated class of
 * {@code io.antichain.wire} with the full name of the writer's schema. A header may name the schema instead:
 * {@link SchemaReference}. Null stays null.
 *
 * <p>Configured by {@link RegistrySettings}. Schemas are fetched once per id and kept; an id that the registry does not
 * know is not asked for again for a short time. A call that has to fetch may take
 * (retries + 1) · addresses · request time-out, and the waits between. Thread-safe once configured.
 */
public final class AvroDeserializer implements Deserializer<SpecificRecord> {
    static {
        AvroTrust.grant();
    }

    static final int FRAME_BYTES = SchemaReference.FRAME_BYTES;

    /** What an id stands for: a reader, or the reason why there is none. */
    private record Known(RecordReader reader, String wrongSchema) {}

    /** The frame read last, as most records have the same. */
    private record Framed(int id, RecordReader reader) {}

    private final Timing timing;
    private RegistryClient registry;
    private BoundedCache<SchemaReference, Known> known;
    private BoundedCache<SchemaReference, Long> unknownUntilNanos;
    private boolean key;
    private int maxRecordBytes;
    private int maxItems;
    private long negativeCacheMs;
    private volatile Framed last = new Framed(0, null);

    public AvroDeserializer() {
        this(Timing.system());
    }

    AvroDeserializer(Timing timing) {
        this.timing = timing;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting is missing or cannot be used */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings settings = new RegistrySettings(configs, timing);
        key = isKey;
        maxRecordBytes = settings.number(RegistrySettings.MAX_RECORD_BYTES);
        maxItems = settings.number(RegistrySettings.MAX_COLLECTION_ITEMS);
        negativeCacheMs = settings.ms(RegistrySettings.NEGATIVE_CACHE_MS);
        known = new BoundedCache<>(settings.number(RegistrySettings.CACHE_SIZE));
        unknownUntilNanos = new BoundedCache<>(settings.number(RegistrySettings.CACHE_SIZE));
        registry = new RegistryClient(settings, timing);
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] data) {
        return deserialize(topic, null, data);
    }

    /**
     * Reads the record in the schema that a header names, else the frame before the value.
     *
     * @throws DecodingException with the class of the failure, whatever the bytes are; nothing else is thrown
     */
    @Override
    public SpecificRecord deserialize(String topic, Headers headers, byte[] data) {
        return data == null ? null : read(topic, headers, data, RecordReader::read);
    }

    /**
     * What reads the same, but events as {@link io.antichain.schemas.Event} where they are written as this version writes them: for
     * readers of many. It shares the configuration of this one.
     */
    public Deserializer<Object> values() {
        return new Deserializer<>() {
            @Override
            public Object deserialize(String topic, byte[] data) {
                return deserialize(topic, null, data);
            }

            @Override
            public Object deserialize(String topic, Headers headers, byte[] data) {
                return data == null ? null : read(topic, headers, data, RecordReader::readValue);
            }
        };
    }

    private interface Reading<T> {
        T read(RecordReader reader, byte[] bytes, int from, int maxItems);
    }

    private <T> T read(String topic, Headers headers, byte[] data, Reading<T> reading) {
        if (registry == null) {
            throw new IllegalStateException("A deserializer was used before it was configured: topic=" + topic
                    + "; call configure with " + RegistrySettings.URL);
        }
        Framed known = last;
        int framed = data.length >= FRAME_BYTES && data[0] == 0
                ? ByteBuffer.wrap(data).getInt(1)
                : 0;
        if (known.reader() != null && framed == known.id() && !hasAny(headers) && data.length <= maxRecordBytes) {
            return reading.read(known.reader(), data, FRAME_BYTES, maxItems);
        }
        SchemaReference reference = SchemaReference.of(headers, key, data);
        if (data.length > maxRecordBytes) {
            throw new DecodingException(
                    Failure.OVER_LIMIT,
                    "A record is longer than the limit: length=" + data.length + ", limit=" + maxRecordBytes
                            + "; raise " + RegistrySettings.MAX_RECORD_BYTES + " if it is meant to be this long");
        }
        RecordReader reader = reader(reference);
        if (reference.from() == FRAME_BYTES) {
            last = new Framed(framed, reader);
        }
        return reading.read(reader, data, reference.from(), maxItems);
    }

    private static boolean hasAny(Headers headers) {
        return headers != null && headers.iterator().hasNext();
    }

    private RecordReader reader(SchemaReference id) {
        Known schema = known.get(id);
        if (schema == null) {
            schema = fetch(id);
        }
        if (schema.wrongSchema() != null) {
            throw new DecodingException(Failure.WRONG_SCHEMA, schema.wrongSchema());
        }
        return schema.reader();
    }

    private Known fetch(SchemaReference id) {
        Long until = unknownUntilNanos.get(id);
        if (id.id().startsWith("-")
                || (until != null && until - timing.nanoTime().getAsLong() > 0)) {
            throw unknown(id, null);
        }
        Known schema;
        try {
            schema = new Known(RecordReader.of(id.toString(), registry.schema(id)), null);
        } catch (DecodingException wrongSchema) {
            schema = new Known(null, wrongSchema.getMessage());
        } catch (RegistryUnavailableException unavailable) {
            throw new DecodingException(Failure.REGISTRY_UNAVAILABLE, unavailable.getMessage(), unavailable);
        } catch (RegistryRefusedException refused) {
            if (!refused.isNotFound()) {
                throw new DecodingException(
                        Failure.REGISTRY_UNAVAILABLE,
                        "The schema registry does not give the schema: id=" + id + " (" + refused.getMessage()
                                + "); correct " + RegistrySettings.URL,
                        refused);
            }
            long now = timing.nanoTime().getAsLong();
            unknownUntilNanos.put(id, now + TimeUnit.MILLISECONDS.toNanos(negativeCacheMs));
            throw unknown(id, refused);
        }
        known.put(id, schema);
        unknownUntilNanos.remove(id);
        return schema;
    }

    private static DecodingException unknown(SchemaReference id, Throwable cause) {
        return new DecodingException(
                Failure.UNKNOWN_ID,
                "The registry does not know the schema of a value: id=" + id
                        + "; read it with the registry it was written with",
                cause);
    }
}
