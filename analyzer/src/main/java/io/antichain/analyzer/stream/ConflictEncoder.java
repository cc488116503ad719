package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Patience;
import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.antichain.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Turns what the analyzer found into bytes, waiting for the registry where a schema's id is not known yet. A schema that the
 * registry refuses ends the stream: without it nothing can be written, and skipping would lose a conflict.
 */
final class ConflictEncoder {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Serializer<Object> serializer;
    private final String conflicts;
    private final String anomalies;
    private final Patience patience;

    ConflictEncoder(Serializer<Object> serializer, Topics topics, Patience patience) {
        this.serializer = serializer;
        this.conflicts = topics.conflicts();
        this.anomalies = topics.anomalies();
        this.patience = patience;
    }

    /** @param hurried whether a transaction is open, which the broker ends after 10 s: then this waits for less than that */
    byte[] encode(Conflict conflict, boolean hurried) {
        return encode(() -> ConfiguredSerializers.serializeConflict(serializer, conflicts, conflict), hurried);
    }

    /** As {@link #encode(Conflict, boolean)}. */
    byte[] encode(Anomaly anomaly, boolean hurried) {
        return encode(() -> serializer.serialize(anomalies, WireCodec.toWire(anomaly)), hurried);
    }

    private byte[] encode(Supplier<byte[]> encoding, boolean hurried) {
        long startedMs = patience.nowMs();
        while (true) {
            try {
                byte[] bytes = encoding.get();
                patience.registryAnswered();
                return bytes;
            } catch (SerializationException e) {
                if (!mayPass(e)) {
                    throw e;
                }
                if (patience.nowMs() - startedMs > patience.limitMs(hurried)) {
                    throw new RegistryAwaitedTooLongException(e.getMessage(), e);
                }
                patience.await(Failure.REGISTRY_UNAVAILABLE, STEP);
            }
        }
    }

    /** Whether nobody answered, which passes; a registry that refuses the schema will refuse it again. */
    private static boolean mayPass(SerializationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
