package io.antichain.node.kafka;

import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.DecodingException;
import io.antichain.schemas.registry.DecodingException.Failure;
import io.antichain.schemas.registry.UnknownIds;
import io.micrometer.core.instrument.Counter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the bytes of a record into an event or a checkpoint. A record that no waiting can help is skipped; while the registry does not answer,
 * nothing is: the decoder waits for it. A schema id that the registry does not know is doubted for a while. For one thread.
 */
final class EventDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventDecoder.class);
    private static final long RETRY_MS = 250;

    private final Deserializer<?> deserializer;
    private final Counter undecodable;
    private final WaitReason waitReason;
    private final UnknownIds unknownIds = new UnknownIds();
    private final Set<Failure> logged = new HashSet<>();

    EventDecoder(Deserializer<?> deserializer, Counter undecodable, WaitReason waitReason) {
        this.deserializer = deserializer;
        this.undecodable = undecodable;
        this.waitReason = waitReason;
    }

    /**
     * What came of a record.
     *
     * @param value its value; empty if it can never be decoded
     * @param why in that case, why
     */
    record Decoded<T>(Optional<T> value, String why) {}

    /** The event that a record of the events topic holds; waits as long as the registry is away. */
    Decoded<Event> event(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return decode(record, io.antichain.wire.Event.class, WireCodec::fromWire);
    }

    /** The checkpoint that a record of the clocks topic holds; waits as long as the registry is away. */
    Decoded<ClockCheckpoint> checkpoint(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return decode(record, io.antichain.wire.ClockCheckpoint.class, WireCodec::fromWire);
    }

    private <W, T> Decoded<T> decode(ConsumerRecord<byte[], byte[]> record, Class<W> wire, Function<W, T> fromWire)
            throws InterruptedException {
        while (true) {
            try {
                T value = fromWire.apply(wireValue(record, wire));
                waitReason.over();
                return new Decoded<>(Optional.of(value), "");
            } catch (RuntimeException e) {
                Failure failure = classOf(e);
                if (!mayStillPass(failure, record.value())) {
                    skip(record, failure, e);
                    return new Decoded<>(Optional.empty(), failure + ": " + e.getMessage());
                }
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException("told to end").initCause(e);
                }
                waitReason.report(
                        "The schema registry must answer to read topic=" + record.topic() + ": " + e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    private <W> W wireValue(ConsumerRecord<byte[], byte[]> record, Class<W> wire) {
        OptionalInt id = schemaId(record.value());
        if (id.isPresent() && unknownIds.isBelieved(id.getAsInt(), nowMs())) {
            throw new DecodingException(
                    Failure.UNKNOWN_ID,
                    "The registry does not know a schema id: id=" + id.getAsInt() + "; it was asked for long enough");
        }
        Object decoded = deserializer.deserialize(record.topic(), record.headers(), record.value());
        if (!wire.isInstance(decoded)) {
            throw new DecodingException(
                    Failure.WRONG_SCHEMA,
                    "A value is a " + wire.getName() + ": found="
                            + (decoded == null ? "null" : decoded.getClass().getName())
                            + "; something else writes to this topic");
        }
        id.ifPresent(unknownIds::known);
        return wire.cast(decoded);
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private boolean mayStillPass(Failure failure, byte[] value) {
        OptionalInt id = schemaId(value);
        return failure == Failure.REGISTRY_UNAVAILABLE
                || (failure == Failure.UNKNOWN_ID && id.isPresent() && unknownIds.isDoubted(id.getAsInt(), nowMs()));
    }

    private static OptionalInt schemaId(byte[] value) {
        return value == null || value.length < 5
                ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(value, 1, 4).getInt());
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void skip(ConsumerRecord<byte[], byte[]> record, Failure failure, RuntimeException cause) {
        undecodable.increment();
        waitReason.over();
        if (logged.add(failure)) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("failure", failure)
                    .addKeyValue("reason", cause.getMessage())
                    .log("Record skipped: it cannot be decoded; further ones with this failure are only counted");
        }
    }

    private static Failure classOf(RuntimeException e) {
        if (e instanceof DecodingException decoding) {
            return decoding.failure();
        }
        // Another serializer than ours was named in the settings: its causes tell.
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException) {
                return Failure.REGISTRY_UNAVAILABLE;
            }
        }
        return Failure.INVALID_VALUE;
    }
}
