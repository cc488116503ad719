package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.restore.Reminders;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Gateway.Rejection;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import io.antichain.schemas.codec.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Encodes what was found, counts it, and forwards it to its topic. */
final class Output {
    static final String CONFLICTS = "conflicts";
    static final String ANOMALIES = "anomalies";
    static final String DEAD_LETTERS = "dead-letters";
    /** The topic that brings sources together. */
    static final String ORDER = "order";
    /** What stands before the names of the first stage's sinks, where there are two. */
    static final String SOURCE = "source-";

    /** What surely fits into a record under Kafka's default of 1 MiB, beside a key, bytes. */
    private static final int MOST_BYTES = 900_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final ConflictEncoder encoder;
    private final AnalyzerMetrics metrics;
    private final String sinks;
    private boolean began;

    /** @param sinks what stands before the sinks' names */
    Output(ProcessorContext<byte[], byte[]> context, ConflictEncoder encoder, AnalyzerMetrics metrics, String sinks) {
        this.sinks = sinks;
        this.context = context;
        this.encoder = encoder;
        this.metrics = metrics;
    }

    /** Whether anything was forwarded since the task began: then its transaction is open, and its time runs. */
    boolean began() {
        return began;
    }

    void conflict(Conflict conflict, long timestampMs) {
        metrics.conflict(conflict, timestampMs);
        String key = conflict.scope() == Scope.KEY
                ? conflict.key().orElseThrow()
                : conflict.event().dot().toString();
        byte[] value = encoder.encode(conflict, began);
        if (value.length <= MOST_BYTES) {
            forward(bytes(key), value, timestampMs, CONFLICTS);
            return;
        }
        List<Conflict> parts = new ArrayList<>();
        share(conflict, parts);
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = encoder.encode(parts.get(i).numbered(i + 1, parts.size()), began);
            forward(bytes(key), part, timestampMs, CONFLICTS);
        }
    }

    private void share(Conflict conflict, List<Conflict> parts) {
        List<Conflict> halves = conflict.halves();
        if (halves.size() == 1 || encoder.encode(conflict, began).length <= MOST_BYTES) {
            parts.add(conflict);
        } else {
            halves.forEach(half -> share(half, parts));
        }
    }

    void anomaly(Anomaly anomaly, long timestampMs) {
        metrics.anomaly(anomaly.kind());
        Optional<String> key = anomaly.event().map(EventRef::dot).map(Dot::toString);
        byte[] value = encoder.encode(anomaly, began);
        byte[] bounded = value.length <= MOST_BYTES ? value : encoder.encode(withoutClock(anomaly), began);
        forward(key.map(Output::bytes).orElse(null), bounded, timestampMs, ANOMALIES);
    }

    /** With nothing of the event's clock but the own entry, and a word on that. */
    private static Anomaly withoutClock(Anomaly anomaly) {
        Map<String, String> evidence = new TreeMap<>(anomaly.evidence());
        anomaly.event()
                .ifPresent(event ->
                        evidence.put("clockLeftOutEntries", "" + event.clock().size()));
        Optional<EventRef> bare = anomaly.event()
                .map(event -> new EventRef(
                        event.dot(),
                        event.at(),
                        VectorClock.of(Map.of(event.dot().process(), event.dot().counter())),
                        event.lamport(),
                        event.publishedAtMs()));
        return new Anomaly(anomaly.kind(), bare, anomaly.sentence(), evidence);
    }

    /** A record for the topic that brings sources together. */
    void order(byte[] key, byte[] value, long timestampMs) {
        forward(key, value, timestampMs, ORDER);
    }

    /** An event carries several stamps that are not the same. */
    void stampRepeated(Event event, Position at, long timestampMs) {
        anomaly(
                new Anomaly(
                        Anomaly.Kind.STAMP_REPEATED,
                        Optional.of(reference(event, at)),
                        "A record carries several stamps that are not the same: event=" + event.dot()
                                + "; the last one counts; let one client alone stamp a record",
                        Map.of()),
                timestampMs);
    }

    /** An event that is not believed, by what it says itself. */
    void doubted(Decoded.Doubted doubted, Position at, long timestampMs, Reminders reminders) {
        Event event = doubted.event();
        Rejection rejection = doubted.rejection();
        Optional<EventRef> reference =
                event.kind() != Event.Kind.MESSAGE || event.clock().isEmpty()
                        ? Optional.empty()
                        : Optional.of(reference(event, at));
        refused(
                new Anomaly(rejection.kind(), reference, rejection.sentence(), rejection.evidence()),
                event.process(),
                timestampMs,
                reminders);
    }

    /** An event was refused: written, if that is due. */
    void refused(Anomaly anomaly, ProcessId process, long timestampMs, Reminders reminders) {
        if (reminders.isDue(anomaly.kind(), process, timestampMs)) {
            anomaly(anomaly, timestampMs);
        } else {
            metrics.anomaly(anomaly.kind());
        }
    }

    private static EventRef reference(Event event, Position at) {
        return new EventRef(event.dot(), at, event.clock().orElseThrow(), event.lamport(), event.publishedAtMs());
    }

    void deadLetter(Record<byte[], byte[]> record, RecordMetadata metadata, Decoded.Undecodable undecodable) {
        metrics.deadLetter(undecodable.reason());
        began = true;
        DeadLetter letter = new DeadLetter(
                undecodable.reason(),
                undecodable.sentence(),
                new Position(metadata.topic(), metadata.partition(), metadata.offset()));
        DeadLetterHeaders.Written written =
                DeadLetterHeaders.write(letter, record.key(), record.value(), record.headers());
        context.forward(
                new Record<>(written.key(), written.value(), record.timestamp(), written.headers()),
                sinks + DEAD_LETTERS);
    }

    private void forward(byte[] key, byte[] value, long timestampMs, String sink) {
        began = true;
        context.forward(new Record<>(key, value, timestampMs, new RecordHeaders()), sinks + sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
