package io.antichain.analyzer.decode;

import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.UnknownIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the bytes of a record into an event, or says why they are none.
 *
 * <p>A registry that cannot be reached says nothing about the bytes: then this waits in short steps and asks again. A
 * registry that does not know a schema id may be starting still (it answers so before its storage is loaded), so the answer
 * is believed only after a grace time: see {@link UnknownIds}.
 */
public final class EventDecoder {
    public static final String NO_VALUE = "NO_VALUE";

    private static final Logger LOG = LoggerFactory.getLogger(EventDecoder.class);
    private static final int ID_END = 1 + Integer.BYTES;
    private static final Duration STEP = Duration.ofMillis(200);

    private final Deserializer<?> deserializer;
    private final Gateway gateway;
    private final Patience patience;
    private final UnknownIds unknownIds;

    public EventDecoder(Deserializer<?> deserializer, Gateway gateway, Patience patience) {
        this.deserializer = deserializer;
        this.gateway = gateway;
        this.patience = patience;
        this.unknownIds = new UnknownIds(patience.unknownIdGraceMs());
    }

    /**
     * Decodes one record's value, waiting for the registry if need be.
     *
     * @param hurried whether a transaction is open, which the broker ends after 10 s: then this waits for less than that
     * @throws RegistryAwaitedTooLongException if no registry answered within the patience; nothing is lost, the record will
     *     be read again
     */
    public Decoded decode(String topic, byte[] value, boolean hurried) {
        if (value == null) {
            return new Decoded.Undecodable(NO_VALUE, "A record of the events topic has a value: value=null");
        }
        return patiently(
                value,
                hurried,
                () -> admit(topic, value),
                (failure, sentence) -> new Decoded.Undecodable(failure.name(), sentence));
    }

    /**
     * Decodes a value of another topic than that of events, waiting likewise; empty if the bytes are no record.
     *
     * @throws RegistryAwaitedTooLongException as {@link #decode}
     */
    public Optional<Object> decodeOther(String topic, byte[] value) {
        return value == null
                ? Optional.empty()
                : patiently(
                        value,
                        false,
                        () -> Optional.ofNullable(deserializer.deserialize(topic, value)),
                        (failure, sentence) -> Optional.empty());
    }

    private <T> T patiently(
            byte[] value, boolean hurried, Supplier<T> decoding, BiFunction<Failure, String, T> undecodable) {
        long startedMs = patience.nowMs();
        while (true) {
            try {
                T decoded = decoding.get();
                patience.registryAnswered();
                return decoded;
            } catch (SerializationException e) {
                Failure failure = failure(e);
                if (!mayPass(failure, value)) {
                    patience.registryAnswered();
                    return undecodable.apply(failure, sentence(e));
                }
                if (patience.nowMs() - startedMs > patience.limitMs(hurried)) {
                    throw new RegistryAwaitedTooLongException(sentence(e), e);
                }
                LOG.debug("Waiting for the schema registry: failure={}", failure);
                patience.await(failure, STEP);
            }
        }
    }

    private Decoded admit(String topic, byte[] value) {
        Object wire = deserializer.deserialize(topic, value);
        if (!(wire instanceof io.antichain.wire.Event record)) {
            return new Decoded.Undecodable(
                    Failure.WRONG_SCHEMA.name(),
                    "The events topic holds records of io.antichain.wire.Event: schema="
                            + (wire == null ? "none" : wire.getClass().getName()));
        }
        Event event = WireCodec.fromWire(record);
        return gateway.check(event)
                .<Decoded>map(rejection -> new Decoded.Doubted(event, rejection))
                .orElseGet(() -> new Decoded.Admitted(event));
    }

    /** Whether the same bytes may be decoded later. */
    private boolean mayPass(Failure failure, byte[] value) {
        return switch (failure) {
            case REGISTRY_UNAVAILABLE -> true;
            case UNKNOWN_ID -> value.length >= ID_END && unknownIds.isDoubted(schemaId(value), patience.nowMs());
            case NOT_FRAMED, WRONG_SCHEMA, TRUNCATED, OVER_LIMIT, INVALID_VALUE -> false;
        };
    }

    private static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }

    /** The class of a failure, also of another deserializer's than ours. */
    private static Failure failure(SerializationException e) {
        if (e instanceof DecodingException decoding) {
            return decoding.failure();
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("error code: 40403")) {
                return Failure.UNKNOWN_ID;
            }
            if (message.contains("Unknown magic byte")) {
                return Failure.NOT_FRAMED;
            }
            if (cause instanceof java.io.EOFException) {
                return Failure.TRUNCATED;
            }
            if (cause instanceof IOException) {
                return Failure.REGISTRY_UNAVAILABLE;
            }
        }
        return Failure.WRONG_SCHEMA;
    }

    private static String sentence(SerializationException e) {
        return String.valueOf(e.getMessage());
    }
}
