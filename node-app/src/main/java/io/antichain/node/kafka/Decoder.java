package io.antichain.node.kafka;

import io.antichain.schemas.registry.DecodingException;
import io.antichain.schemas.registry.DecodingException.Failure;
import io.micrometer.core.instrument.Counter;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a record's bytes into a value. A record that no waiting can help is skipped; while the registry does not answer,
 * nothing is: the decoder waits for it. A schema id that the registry does not know gets a grace time first, because a
 * registry that is starting gives that answer too. For one thread.
 */
final class Decoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);
    private static final long UNKNOWN_ID_GRACE_MS = 15_000;
    private static final long RETRY_MS = 250;

    private final Deserializer<?> deserializer;
    private final Counter undecodable;
    private final Trouble trouble;
    private final Set<Integer> idsGivenUp = new HashSet<>();
    private final Set<Failure> logged = new HashSet<>();

    Decoder(Deserializer<?> deserializer, Counter undecodable, Trouble trouble) {
        this.deserializer = deserializer;
        this.undecodable = undecodable;
        this.trouble = trouble;
    }

    /** The record's value, or empty if it can never be decoded; may take as long as the registry is away. */
    <W, T> Optional<T> decode(ConsumerRecord<byte[], byte[]> record, Class<W> wire, Function<W, T> fromWire)
            throws InterruptedException {
        long sinceNs = System.nanoTime();
        while (true) {
            try {
                Object decoded = deserializer.deserialize(record.topic(), record.headers(), record.value());
                if (!wire.isInstance(decoded)) {
                    throw new DecodingException(
                            Failure.WRONG_SCHEMA,
                            "A value is a " + wire.getName() + ": found="
                                    + (decoded == null
                                            ? "null"
                                            : decoded.getClass().getName())
                                    + "; something else writes to this topic");
                }
                Optional<T> value = Optional.of(fromWire.apply(wire.cast(decoded)));
                trouble.over();
                return value;
            } catch (RuntimeException e) {
                Failure failure = classOf(e);
                if (!mayStillPass(failure, record.value(), sinceNs)) {
                    skip(record, failure, e);
                    return Optional.empty();
                }
                trouble.report(
                        "The schema registry must answer to read topic=" + record.topic() + ": " + e.getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    @Override
    public void close() {
        deserializer.close();
    }

    private boolean mayStillPass(Failure failure, byte[] value, long sinceNs) {
        if (failure == Failure.REGISTRY_UNAVAILABLE) {
            return true;
        }
        if (failure != Failure.UNKNOWN_ID || value == null || value.length < 5) {
            return false;
        }
        int id = ByteBuffer.wrap(value, 1, 4).getInt();
        boolean within = System.nanoTime() - sinceNs < TimeUnit.MILLISECONDS.toNanos(UNKNOWN_ID_GRACE_MS);
        if (!within) {
            // One wait for each id: a log full of such records must not be read at one record a grace time.
            idsGivenUp.add(id);
        }
        return !idsGivenUp.contains(id);
    }

    private void skip(ConsumerRecord<byte[], byte[]> record, Failure failure, RuntimeException cause) {
        undecodable.increment();
        trouble.over();
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
