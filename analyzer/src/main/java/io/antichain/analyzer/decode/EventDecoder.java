package io.antichain.analyzer.decode;

import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.PatientDecoder;
import io.antichain.schemas.registry.UnknownIds;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Turns the bytes of a record into an event, or says why they are none; waits for the registry if need be. */
public final class EventDecoder {
    public static final String NO_VALUE = "NO_VALUE";

    private final PatientDecoder decoder;
    private final Gateway gateway;
    private final Patience patience;
    private final PatientDecoder.Waiting<RegistryAwaitedTooLongException> leisurely = waiting(false);
    private final PatientDecoder.Waiting<RegistryAwaitedTooLongException> hurriedly = waiting(true);

    public EventDecoder(Deserializer<?> deserializer, Gateway gateway, Patience patience) {
        this.decoder = new PatientDecoder(deserializer, new UnknownIds(patience.unknownIdGraceMs()));
        this.gateway = gateway;
        this.patience = patience;
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
        return decoder.decode(
                topic,
                null,
                value,
                hurried ? hurriedly : leisurely,
                this::admit,
                (failure, cause) -> new Decoded.Undecodable(failure.name(), String.valueOf(cause.getMessage())));
    }

    /**
     * Decodes a value of another topic than that of events, waiting likewise; empty if the bytes are no record.
     *
     * @throws RegistryAwaitedTooLongException as {@link #decode}
     */
    public Optional<Object> decodeOther(String topic, byte[] value) {
        return value == null
                ? Optional.empty()
                : decoder.decode(
                        topic, null, value, leisurely, Optional::ofNullable, (failure, cause) -> Optional.empty());
    }

    private Decoded admit(Object wire) {
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

    private PatientDecoder.Waiting<RegistryAwaitedTooLongException> waiting(boolean hurried) {
        return new PatientDecoder.Waiting<>() {
            @Override
            public long nowMs() {
                return patience.nowMs();
            }

            @Override
            public void await(Failure failure, SerializationException cause, long sinceMs, Duration step) {
                if (patience.nowMs() - sinceMs > patience.limitMs(hurried)) {
                    throw new RegistryAwaitedTooLongException(cause.getMessage(), cause);
                }
                patience.await(failure, step);
            }

            @Override
            public void answered() {
                patience.registryAnswered();
            }
        };
    }
}
