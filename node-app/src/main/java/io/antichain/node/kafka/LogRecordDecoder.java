package io.antichain.node.kafka;

import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.PatientDecoder;
import io.antichain.schemas.registry.UnknownIds;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the bytes of a record into an event or a checkpoint. A record that no waiting can help is skipped; while the registry
 * does not answer, nothing is: the decoder waits for it, as long as that takes. For one thread.
 */
final class LogRecordDecoder implements AutoCloseable, PatientDecoder.Waiting<InterruptedException> {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecordDecoder.class);

    private final PatientDecoder decoder;
    private final Counter undecodable;
    private final WaitReason waitReason;
    private final Set<Failure> logged = new HashSet<>();
    private String topic = "";

    LogRecordDecoder(Deserializer<?> deserializer, Counter undecodable, WaitReason waitReason) {
        this.decoder = new PatientDecoder(deserializer, new UnknownIds());
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
        topic = record.topic();
        return decoder.decode(
                topic,
                record.headers(),
                record.value(),
                this,
                decoded -> new Decoded<>(Optional.of(fromWire.apply(required(decoded, wire))), ""),
                (failure, cause) -> skip(record, failure, cause));
    }

    private static <W> W required(Object decoded, Class<W> wire) {
        if (!wire.isInstance(decoded)) {
            throw new DecodingException(
                    Failure.WRONG_SCHEMA,
                    "A value is a " + wire.getName() + ": found="
                            + (decoded == null ? "null" : decoded.getClass().getName())
                            + "; something else writes to this topic");
        }
        return wire.cast(decoded);
    }

    @Override
    public long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void await(Failure failure, SerializationException cause, long sinceMs, Duration step)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException("told to end").initCause(cause);
        }
        waitReason.report("The schema registry must answer to read topic=" + topic + ": " + cause.getMessage());
        TimeUnit.MILLISECONDS.sleep(step.toMillis());
    }

    @Override
    public void answered() {
        waitReason.over();
    }

    @Override
    public void close() {
        decoder.close();
    }

    private <T> Decoded<T> skip(ConsumerRecord<byte[], byte[]> record, Failure failure, SerializationException cause) {
        undecodable.increment();
        if (logged.add(failure)) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("failure", failure)
                    .addKeyValue("reason", cause.getMessage())
                    .log("Record skipped: it cannot be decoded; further ones with this failure are only counted");
        }
        return new Decoded<>(Optional.empty(), failure + ": " + cause.getMessage());
    }
}
