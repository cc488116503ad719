package io.antichain.schemas.registry;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.codec.AvroTrust;
import io.antichain.schemas.codec.BytesDecoder;
import io.antichain.schemas.codec.BytesEncoder;
import io.antichain.schemas.codec.ConflictWriter;
import io.antichain.schemas.codec.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a record in Confluent's wire format: 0x00, the schema's id in four bytes, Avro binary. Null stays null. The
 * subject is {@code TOPIC-value}, for keys {@code TOPIC-key}, unless another {@link SubjectNaming} is set.
 *
 * <p>Configured by {@link RegistrySettings}. The id is asked for once per topic and schema. With
 * {@code use.latest.version} the record is written in the subject's latest schema as it was when first asked for, resolved
 * by field names. Thread-safe once configured.
 */
public final class AvroSerializer implements Serializer<SpecificRecord> {
    static {
        AvroTrust.grant();
    }

    private record Origin(String topic, Schema schema) {}

    /** What to write: {@code latest} is null where the record's own schema has the id. */
    private record Target(int id, DatumWriter<SpecificRecord> writer, Schema latest) {}

    /** What most records take, bytes. */
    private static final int ROOM_BYTES = 256;

    private final Timing timing;
    private RegistryClient registry;
    private BoundedCache<Origin, Target> targets;
    private boolean key;
    private SubjectNaming subjects;
    private boolean register;
    private boolean useLatest;
    private int maxItems;

    public AvroSerializer() {
        this(Timing.system());
    }

    AvroSerializer(Timing timing) {
        this.timing = timing;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting is missing or cannot be used */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings settings = new RegistrySettings(configs, timing);
        key = isKey;
        subjects = settings.subjects(isKey);
        register = settings.flag(RegistrySettings.AUTO_REGISTER);
        useLatest = settings.flag(RegistrySettings.USE_LATEST);
        maxItems = settings.number(RegistrySettings.MAX_COLLECTION_ITEMS);
        targets = new BoundedCache<>(settings.number(RegistrySettings.CACHE_SIZE));
        registry = new RegistryClient(settings, timing);
    }

    /**
     * The record's bytes.
     *
     * @throws RegistryUnavailableException if the schema's id is not known yet and no registry answered
     * @throws SerializationException if the registry refuses the schema, or a field that must not be null is
     */
    @Override
    public byte[] serialize(String topic, SpecificRecord data) {
        return data == null ? null : serialize(topic, data, target(topic, data.getSchema()));
    }

    /**
     * The bytes of the record that stands for a conflict, which is written in less time than the record.
     *
     * @throws RegistryUnavailableException as {@link #serialize(String, SpecificRecord)}
     * @throws SerializationException if the registry refuses the schema
     */
    public byte[] serializeConflict(String topic, Conflict conflict) {
        Target target = target(topic, io.antichain.wire.Conflict.getClassSchema());
        if (target.latest() != null) {
            return serialize(topic, WireCodec.toWire(conflict), target);
        }
        BytesEncoder encoder = new BytesEncoder(frame(target.id()), ROOM_BYTES);
        ConflictWriter.write(conflict, encoder);
        return encoder.toBytes();
    }

    private Target target(String topic, Schema schema) {
        if (registry == null) {
            throw new IllegalStateException("A serializer is configured before it is used: topic=" + topic
                    + "; call configure with " + RegistrySettings.URL);
        }
        Origin origin = new Origin(topic, schema);
        Target target = targets.get(origin);
        if (target == null) {
            target = targetOf(subjects.subject(topic, key, schema), schema);
            targets.put(origin, target);
        }
        return target;
    }

    private byte[] serialize(String topic, SpecificRecord data, Target target) {
        try {
            if (target.latest() == null) {
                return encoded(target.id(), target.writer(), data);
            }
            // Kafka needs the id of the schema that the bytes are in, so ours are read as the latest and written again.
            byte[] ours = encoded(target.id(), target.writer(), data);
            Object resolved = new GenericDatumReader<>(data.getSchema(), target.latest())
                    .read(null, new BytesDecoder(ours, AvroDeserializer.FRAME_BYTES, maxItems));
            return encoded(target.id(), new GenericDatumWriter<>(target.latest()), resolved);
        } catch (IOException | RuntimeException unwritable) {
            throw new SerializationException(
                    "A record's fields fit its schema: topic=" + topic + ", schema="
                            + data.getSchema().getFullName() + " (" + unwritable.getMessage()
                            + "); set every field that must not be null",
                    unwritable);
        }
    }

    private static byte[] frame(int id) {
        return ByteBuffer.allocate(AvroDeserializer.FRAME_BYTES).putInt(1, id).array();
    }

    @SuppressWarnings("unchecked")
    private Target targetOf(String subject, Schema schema) {
        DatumWriter<SpecificRecord> writer = SpecificData.getForSchema(schema).createDatumWriter(schema);
        try {
            if (register) {
                return new Target(registry.register(subject, schema), writer, null);
            }
            return useLatest
                    ? latest(subject, schema, writer)
                    : new Target(registry.lookUp(subject, schema), writer, null);
        } catch (RegistryRefusedException refused) {
            throw new SerializationException(
                    "A schema is registered under its subject: subject=" + subject + ", schema=" + schema.getFullName()
                            + " (" + refused.getMessage() + "); " + advice(refused),
                    refused);
        }
    }

    private Target latest(String subject, Schema schema, DatumWriter<SpecificRecord> writer) {
        RegistryClient.Registered registered = registry.latest(subject);
        Schema latest;
        String incompatible;
        try {
            latest = new Schema.Parser().parse(registered.text());
            incompatible = RecordReader.incompatibility(latest, schema);
        } catch (RuntimeException | StackOverflowError unreadable) {
            throw new SerializationException(
                    "A subject's latest schema is an Avro schema: subject=" + subject + ", id=" + registered.id()
                            + "; register ours",
                    unreadable);
        }
        if (incompatible != null) {
            throw new SerializationException("A subject's latest schema can read ours: subject=" + subject + ", id="
                    + registered.id() + ", " + incompatible + "; set " + RegistrySettings.USE_LATEST + "=false");
        }
        return new Target(
                registered.id(), writer, PlainSchema.of(latest).equals(PlainSchema.of(schema)) ? null : latest);
    }

    private static String advice(RegistryRefusedException refused) {
        if (refused.isNotFound()) {
            return "register it, or set " + RegistrySettings.AUTO_REGISTER + "=true";
        }
        return refused.errorCode() == RegistryRefusedException.INCOMPATIBLE
                ? "the subject's other versions cannot be read with it: use another topic or upgrade"
                : "correct what the registry objects to";
    }

    private static <T> byte[] encoded(int id, DatumWriter<T> writer, T datum) throws IOException {
        BytesEncoder encoder = new BytesEncoder(frame(id), ROOM_BYTES);
        writer.write(datum, encoder);
        return encoder.toBytes();
    }
}
