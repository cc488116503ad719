package io.antichain.schemas.registry;

import io.antichain.schemas.codec.BytesDecoder;
import io.antichain.schemas.codec.DecodingException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;

/**
 * Shows values in Confluent's wire format to people, of whatever Avro schema the registry has: what cannot be shown is no failure,
 * and is not waited for. A registry that did not answer is asked again after {@value #PAUSE_MS} ms, about an id that it does not
 * know as well. Schemas are fetched once per id and kept. For one thread.
 */
public final class FramedValues {
    private static final long PAUSE_MS = 10_000;
    private static final int SCHEMAS = 1_000;

    private final RegistryClient registry;
    private final int maxItems;
    private final BoundedCache<SchemaReference, Optional<Schema>> schemas = new BoundedCache<>(SCHEMAS);
    private final BoundedCache<SchemaReference, Long> askAgainNanos = new BoundedCache<>(SCHEMAS);
    private final Timing timing = Timing.system();
    private long answersAgainNanos = timing.nanoTime().getAsLong();

    /**
     * Of the registry that a client's settings name.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or cannot be used
     */
    public FramedValues(Map<String, ?> client) {
        RegistrySettings settings = new RegistrySettings(client, timing);
        this.registry = new RegistryClient(settings, timing);
        this.maxItems = settings.number(RegistrySettings.MAX_COLLECTION_ITEMS);
    }

    /** The value as JSON; empty if it is not framed, or cannot be decoded with what the registry has now. */
    public Optional<String> text(byte[] value) {
        try {
            SchemaReference reference = SchemaReference.of(null, false, value);
            return schema(reference).map(schema -> text(value, reference, schema));
        } catch (DecodingException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Schema> schema(SchemaReference reference) {
        Optional<Schema> known = schemas.get(reference);
        if (known == null) {
            long now = timing.nanoTime().getAsLong();
            Long askAgain = askAgainNanos.get(reference);
            if (answersAgainNanos - now > 0 || (askAgain != null && askAgain - now > 0)) {
                return Optional.empty();
            }
            known = fetched(reference, now);
        }
        return known;
    }

    private Optional<Schema> fetched(SchemaReference reference, long now) {
        long later = now + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
        Optional<Schema> found;
        try {
            found = Optional.of(new Schema.Parser().parse(registry.schema(reference)));
        } catch (RegistryUnavailableException unavailable) {
            answersAgainNanos = later;
            return Optional.empty();
        } catch (RegistryRefusedException refused) {
            askAgainNanos.put(reference, later);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError noAvro) {
            found = Optional.empty();
        }
        schemas.put(reference, found);
        return found;
    }

    private String text(byte[] value, SchemaReference reference, Schema schema) {
        BytesDecoder decoder = new BytesDecoder(value, reference.from(), maxItems);
        try {
            Object datum = new GenericDatumReader<>(schema).read(null, decoder);
            decoder.requireEnd();
            return String.valueOf(datum);
        } catch (DecodingException refusal) {
            throw refusal;
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            throw new DecodingException(
                    DecodingException.Failure.INVALID_VALUE,
                    "A value does not fit its schema: id=" + reference + ", length=" + value.length,
                    malformed);
        }
    }
}
