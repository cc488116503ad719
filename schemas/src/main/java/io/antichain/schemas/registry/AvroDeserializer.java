package io.antichain.schemas.registry;

import io.antichain.schemas.codec.AvroTrust;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a record in Confluent's wire format (0x00, the schema's id in four bytes, Avro binary) as the generated class of
 * {@code io.antichain.wire} with the full name of the writer's schema. Null stays null.
 *
 * <p>Configured by {@link RegistrySettings}. Schemas are fetched once per id and kept; an id that the registry does not
 * know is not asked for again for a short time. A call that has to fetch may take
 * (retries + 1) · addresses · request time-out, and the waits between. Thread-safe once configured.
 */
public final class AvroDeserializer implements Deserializer<SpecificRecord> {
    static {
        AvroTrust.grant();
    }

    static final int FRAME_BYTES = 5;

    /** What an id stands for: a reader, or the reason why there is none. */
    private record Known(RecordReader reader, String wrongSchema) {}

    private final Surroundings surroundings;
    private RegistryClient registry;
    private BoundedCache<Integer, Known> known;
    private BoundedCache<Integer, Long> unknownUntilNanos;
    private int maxRecordBytes;
    private int maxItems;
    private long negativeCacheMs;

    public AvroDeserializer() {
        this(Surroundings.system());
    }

    AvroDeserializer(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting is missing or cannot be used */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings settings = new RegistrySettings(configs);
        maxRecordBytes = settings.number(RegistrySettings.MAX_RECORD_BYTES);
        maxItems = settings.number(RegistrySettings.MAX_COLLECTION_ITEMS);
        negativeCacheMs = settings.ms(RegistrySettings.NEGATIVE_CACHE_MS);
        known = new BoundedCache<>(settings.number(RegistrySettings.CACHE_SIZE));
        unknownUntilNanos = new BoundedCache<>(settings.number(RegistrySettings.CACHE_SIZE));
        registry = new RegistryClient(settings, surroundings);
    }

    /** @throws DecodingException with the class of the failure, whatever the bytes are; nothing else is thrown */
    @Override
    public SpecificRecord deserialize(String topic, byte[] data) {
        if (registry == null) {
            throw new IllegalStateException("A deserializer is configured before it is used: topic=" + topic
                    + "; call configure with " + RegistrySettings.URL);
        }
        if (data == null) {
            return null;
        }
        if (data.length < FRAME_BYTES || data[0] != 0) {
            throw new DecodingException(
                    Failure.NOT_FRAMED,
                    "A value starts with 0x00 and a schema id in four bytes: length=" + data.length
                            + "; write it with a registry serializer");
        }
        if (data.length > maxRecordBytes) {
            throw new DecodingException(
                    Failure.OVER_LIMIT,
                    "A record has at most " + maxRecordBytes + " bytes: length=" + data.length + "; raise "
                            + RegistrySettings.MAX_RECORD_BYTES + " if it is meant to be this long");
        }
        return reader(ByteBuffer.wrap(data).getInt(1)).read(data, FRAME_BYTES, maxItems);
    }

    private RecordReader reader(int id) {
        Known schema = known.get(id);
        if (schema == null) {
            schema = fetch(id);
        }
        if (schema.wrongSchema() != null) {
            throw new DecodingException(Failure.WRONG_SCHEMA, schema.wrongSchema());
        }
        return schema.reader();
    }

    private Known fetch(int id) {
        Long until = unknownUntilNanos.get(id);
        if (id < 0 || (until != null && until - surroundings.nanoTime().getAsLong() > 0)) {
            throw unknown(id, null);
        }
        Known schema;
        try {
            schema = new Known(RecordReader.of(id, registry.schema(id).text()), null);
        } catch (DecodingException wrongSchema) {
            schema = new Known(null, wrongSchema.getMessage());
        } catch (RegistryUnavailableException unavailable) {
            throw new DecodingException(Failure.REGISTRY_UNAVAILABLE, unavailable.getMessage(), unavailable);
        } catch (RegistryRefusedException refused) {
            if (!refused.isNotFound()) {
                throw new DecodingException(
                        Failure.REGISTRY_UNAVAILABLE,
                        "A schema registry gives schemas by id: id=" + id + " (" + refused.getMessage() + "); correct "
                                + RegistrySettings.URL,
                        refused);
            }
            long now = surroundings.nanoTime().getAsLong();
            unknownUntilNanos.put(id, now + TimeUnit.MILLISECONDS.toNanos(negativeCacheMs));
            throw unknown(id, refused);
        }
        known.put(id, schema);
        unknownUntilNanos.remove(id);
        return schema;
    }

    private static DecodingException unknown(int id, Throwable cause) {
        return new DecodingException(
                Failure.UNKNOWN_ID,
                "A value names a schema that the registry knows: id=" + id
                        + "; read it with the registry it was written with",
                cause);
    }
}
