package io.antichain.schemas.registry;

import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes values of bytes, or says why they are none. A registry that cannot be reached says nothing about the bytes: then this
 * waits in short steps and asks again. A registry that does not know a schema id may be starting still, so its answer is
 * believed only after a grace time: see {@link UnknownIds}. For one thread.
 */
public final class PatientDecoder implements AutoCloseable {
    private static final int ID_END = 1 + Integer.BYTES;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final long NO_FAILURE = Long.MIN_VALUE;

    /**
     * How it is waited.
     *
     * @param <X> what is thrown when it is not waited any longer
     */
    public interface Waiting<X extends Exception> {
        /** Milliseconds that only rise. */
        long nowMs();

        /**
         * Waits for a step, or gives up.
         *
         * @param cause why the bytes could not be decoded this time
         * @param sinceMs when they could not be decoded for the first time
         */
        void await(Failure failure, SerializationException cause, long sinceMs, Duration step) throws X;

        /** Something could be decoded, or was found undecodable: the wait is over. */
        void answered();
    }

    private final Deserializer<?> deserializer;
    private final UnknownIds unknownIds;

    /** @param unknownIds of the same time as all {@link Waiting} that is given */
    public PatientDecoder(Deserializer<?> deserializer, UnknownIds unknownIds) {
        this.deserializer = deserializer;
        this.unknownIds = unknownIds;
    }

    /**
     * Decodes one record's value, waiting for the registry if need be.
     *
     * @param headers null if there are none
     * @param fromWire makes a value of what the deserializer made of the bytes, or throws a {@link SerializationException}
     * @param undecodable what is answered where no waiting can help
     */
    public <T, X extends Exception> T decode(
            String topic,
            Headers headers,
            byte[] value,
            Waiting<X> waiting,
            Function<Object, T> fromWire,
            BiFunction<Failure, SerializationException, T> undecodable)
            throws X {
        long sinceMs = NO_FAILURE;
        while (true) {
            try {
                if (!unknownIds.isEmpty()) { // mostly it is, and then nobody need look for the id
                    requireKnown(schemaId(headers, value), waiting.nowMs());
                }
                T decoded = fromWire.apply(deserialized(topic, headers, value));
                if (!unknownIds.isEmpty()) {
                    schemaId(headers, value).ifPresent(unknownIds::known);
                }
                waiting.answered();
                return decoded;
            } catch (SerializationException e) {
                Failure failure = Failure.of(e);
                if (!mayPass(failure, schemaId(headers, value), waiting.nowMs())) {
                    waiting.answered();
                    return undecodable.apply(failure, e);
                }
                sinceMs = sinceMs == NO_FAILURE ? waiting.nowMs() : sinceMs;
                waiting.await(failure, e, sinceMs, STEP);
            }
        }
    }

    private Object deserialized(String topic, Headers headers, byte[] value) {
        try {
            return headers == null
                    ? deserializer.deserialize(topic, value)
                    : deserializer.deserialize(topic, headers, value);
        } catch (SerializationException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) { // another deserializer than ours may throw anything at bytes that are none
            throw new SerializationException("The deserializer failed: " + e, e);
        }
    }

    private void requireKnown(OptionalInt id, long nowMs) {
        if (id.isPresent() && unknownIds.isBelieved(id.getAsInt(), nowMs)) {
            throw new DecodingException(
                    Failure.UNKNOWN_ID,
                    "The registry does not know a schema id: id=" + id.getAsInt() + "; it was asked for long enough");
        }
    }

    /** Whether the same bytes may be decoded later. */
    private boolean mayPass(Failure failure, OptionalInt id, long nowMs) {
        return failure == Failure.REGISTRY_UNAVAILABLE
                || (failure == Failure.UNKNOWN_ID && id.isPresent() && unknownIds.isDoubted(id.getAsInt(), nowMs));
    }

    /** The schema's id in the frame; where a header names the schema, a number for that. */
    private static OptionalInt schemaId(Headers headers, byte[] value) {
        try {
            Optional<SchemaReference> named = SchemaReference.inHeaders(headers, false);
            if (named.isPresent()) {
                return OptionalInt.of(named.get().hashCode());
            }
        } catch (DecodingException noReference) {
            return OptionalInt.empty();
        }
        return value == null || value.length < ID_END
                ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
