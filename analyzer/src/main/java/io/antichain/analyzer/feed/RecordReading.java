package io.antichain.analyzer.feed;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.decode.Patience;
import io.antichain.analyzer.decode.PayloadText;
import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Position;
import io.antichain.schemas.codec.DeadLetterHeaders;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.FramedValues;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a view is to be told of a record, by its topic. Nothing, where the bytes are none: of events, the analyzer says so in
 * dead-letters and anomalies. Nothing of the heartbeats in logs of earlier versions either.
 */
final class RecordReading {
    private static final Consumer<View> NOTHING = view -> {};

    private final AnalyzerSettings settings;
    private final Set<String> sources;
    private final EventDecoder decoder;

    RecordReading(AnalyzerSettings settings, Deserializer<?> deserializer, Patience patience) {
        this.settings = settings;
        this.sources = Set.copyOf(settings.sources());
        this.decoder = new EventDecoder(
                deserializer,
                settings.eventsTopics(),
                new Gateway(settings.limits().maxClockWidth()),
                patience,
                new PayloadText(new FramedValues(settings.client()))::of);
    }

    /** @throws RegistryAwaitedTooLongException if no registry answered within the patience */
    Consumer<View> read(ConsumerRecord<byte[], byte[]> record) {
        Position at = new Position(record.topic(), record.partition(), record.offset());
        long atMs = record.timestamp();
        if (sources.contains(record.topic())) {
            return decoder.decode(record.topic(), record.key(), record.value(), record.headers(), atMs, false)
                                    instanceof Decoded.Admitted admitted
                            && admitted.event().kind() == Event.Kind.MESSAGE
                    ? tellEvent(admitted.event(), at, atMs)
                    : NOTHING;
        }
        if (record.topic().equals(settings.topics().deadLetters())) {
            DeadLetter letter = DeadLetterHeaders.read(record.headers());
            int valueBytes = Math.max(0, record.serializedValueSize());
            return view -> view.tell(letter, valueBytes, atMs);
        }
        if (record.topic().equals(settings.topics().conflicts())) {
            Optional<Conflict> conflict = value(record, io.antichain.wire.Conflict.class, WireCodec::fromWire);
            return conflict.<Consumer<View>>map(found -> view -> view.tell(found, atMs))
                    .orElse(NOTHING);
        }
        Optional<Anomaly> anomaly = value(record, io.antichain.wire.Anomaly.class, WireCodec::fromWire);
        return anomaly.<Consumer<View>>map(found -> view -> view.tell(found, atMs))
                .orElse(NOTHING);
    }

    private static Consumer<View> tellEvent(Event event, Position at, long atMs) {
        return view -> view.tell(event, at, atMs);
    }

    private <W, T> Optional<T> value(ConsumerRecord<byte[], byte[]> record, Class<W> wire, Function<W, T> fromWire) {
        Optional<Object> decoded = decoder.decodeOther(record.topic(), record.value());
        try {
            return decoded.filter(wire::isInstance).map(wire::cast).map(fromWire);
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
