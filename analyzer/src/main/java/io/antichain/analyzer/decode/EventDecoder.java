package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.ContentHash;
import io.antichain.analyzer.order.Message;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Gateway.Rejection;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.StampedRecords;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.PatientDecoder;
import io.antichain.schemas.registry.UnknownIds;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Turns a record into an event, or says why it is none. A record that carries a stamp in a header is taken by that, and its
 * value is not decoded; one of an events topic by its value, for which this waits for the registry if need be.
 */
public final class EventDecoder implements RecordDecoder {
    public static final String NO_VALUE = "NO_VALUE";

    /** Nothing is shown of values: no verdict needs it. */
    public static final Function<byte[], String> NO_PAYLOADS = value -> "";

    private final PatientDecoder decoder;
    private final Set<String> eventsTopics;
    private final Gateway gateway;
    private final Patience patience;
    private final Function<byte[], String> payloads;
    private final PatientDecoder.Waiting<RegistryAwaitedTooLongException> leisurely = waiting(false);
    private final PatientDecoder.Waiting<RegistryAwaitedTooLongException> hurriedly = waiting(true);

    /**
     * A decoder.
     *
     * @param eventsTopics the topics whose values are events of ours
     * @param payloads what can be shown of the values of events by stamp, for people: {@link PayloadText}, or {@link #NO_PAYLOADS}
     */
    public EventDecoder(
            Deserializer<?> deserializer,
            Collection<String> eventsTopics,
            Gateway gateway,
            Patience patience,
            Function<byte[], String> payloads) {
        this.payloads = payloads;
        this.eventsTopics = Set.copyOf(eventsTopics);
        this.decoder = new PatientDecoder(deserializer, new UnknownIds(patience.unknownIdGraceMs()));
        this.gateway = gateway;
        this.patience = patience;
    }

    @Override
    public Decoded decode(String topic, byte[] key, byte[] value, Headers headers, long timestampMs, boolean hurried) {
        Header stamp = StampedRecords.stamp(headers);
        if (stamp != null) {
            return byStamp(stamp, key, value, headers, timestampMs);
        }
        if (!eventsTopics.contains(topic)) {
            return Decoded.Unstamped.UNSTAMPED;
        }
        if (value == null) {
            return new Decoded.Undecodable(NO_VALUE, "A record of the events topic has a value: value=null");
        }
        return decoder.decode(
                topic, headers, value, hurried ? hurriedly : leisurely, this::byValue, EventDecoder::undecodable);
    }

    private static Decoded undecodable(Failure failure, SerializationException cause) {
        return new Decoded.Undecodable(failure.name(), String.valueOf(cause.getMessage()));
    }

    private Decoded byStamp(Header stamp, byte[] key, byte[] value, Headers headers, long timestampMs) {
        try {
            Event event = StampedRecords.event(stamp, key, payloads.apply(value), timestampMs);
            return admit(new Message(event, ContentHash.of(value), true), StampedRecords.isRepeated(headers));
        } catch (DecodingException e) {
            return undecodable(e.failure(), e);
        }
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

    private Decoded byValue(Object wire) {
        if (wire instanceof Event event) {
            return admit(Message.of(event), false);
        }
        if (!(wire instanceof io.antichain.wire.Event record)) {
            return new Decoded.Undecodable(
                    Failure.WRONG_SCHEMA.name(),
                    "The events topic holds records of io.antichain.wire.Event: schema="
                            + (wire == null ? "none" : wire.getClass().getName()));
        }
        return admit(Message.of(WireCodec.fromWire(record)), false);
    }

    private Decoded admit(Message message, boolean isStampRepeated) {
        Optional<Rejection> rejection = gateway.check(message.event());
        return rejection.isPresent()
                ? new Decoded.Doubted(message.event(), rejection.get())
                : new Decoded.Admitted(message, isStampRepeated);
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
