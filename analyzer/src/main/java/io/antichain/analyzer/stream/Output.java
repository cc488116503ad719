package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.log.EventSources;
import io.antichain.clocks.Dot;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
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

    /** What surely fits into a record under Kafka's default of 1 MiB, beside a key, bytes. */
    private static final int MOST_BYTES = 900_000;

    private final ProcessorContext<byte[], byte[]> context;
    private final ConflictEncoder encoder;
    private final EventSources sources;
    private final AnalyzerMetrics metrics;
    private boolean began;

    Output(
            ProcessorContext<byte[], byte[]> context,
            ConflictEncoder encoder,
            EventSources sources,
            AnalyzerMetrics metrics) {
        this.context = context;
        this.encoder = encoder;
        this.sources = sources;
        this.metrics = metrics;
    }

    /** Whether anything was forwarded since the task began: then its transaction is open, and its time runs. */
    boolean began() {
        return began;
    }

    void conflict(Conflict conflict, long timestampMs) {
        metrics.conflict(conflict, timestampMs);
        Conflict placed = sources.topics().size() == 1 ? conflict : inLog(conflict);
        String key = conflict.scope() == Scope.KEY
                ? conflict.key().orElseThrow()
                : conflict.event().dot().toString();
        byte[] value = encoder.encode(placed, began);
        if (value.length <= MOST_BYTES) {
            forward(bytes(key), value, timestampMs, CONFLICTS);
            return;
        }
        List<Conflict> parts = new ArrayList<>();
        share(placed, parts);
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
        Anomaly placed = sources.topics().size() == 1
                ? anomaly
                : new Anomaly(anomaly.kind(), anomaly.event().map(this::inLog), anomaly.sentence(), anomaly.evidence());
        Optional<String> key = anomaly.event().map(EventRef::dot).map(Dot::toString);
        byte[] value = encoder.encode(placed, began);
        byte[] bounded = value.length <= MOST_BYTES ? value : encoder.encode(withoutClock(placed), began);
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
                        event.partition(),
                        event.offset(),
                        VectorClock.of(Map.of(event.dot().process(), event.dot().counter())),
                        event.lamport(),
                        event.publishedAtMs()));
        return new Anomaly(anomaly.kind(), bare, anomaly.sentence(), evidence);
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
                new Record<>(written.key(), written.value(), record.timestamp(), written.headers()), DEAD_LETTERS);
    }

    private void forward(byte[] key, byte[] value, long timestampMs, String sink) {
        began = true;
        context.forward(new Record<>(key, value, timestampMs, new RecordHeaders()), sink);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** With the partitions as the log numbers them. */
    private Conflict inLog(Conflict conflict) {
        List<Run> runs = conflict.runs().stream()
                .map(run -> new Run(
                        run.process(),
                        run.firstCounter(),
                        run.lastCounter(),
                        sources.logPartition(run.firstPartition()),
                        run.firstOffset(),
                        sources.logPartition(run.lastPartition()),
                        run.lastOffset(),
                        run.length(),
                        run.witness(),
                        run.counters()))
                .toList();
        return new Conflict(
                conflict.scope(),
                conflict.key(),
                conflict.status(),
                inLog(conflict.event()),
                runs,
                conflict.resolves(),
                conflict.siblings().stream().map(this::inLog).toList(),
                conflict.complete(),
                conflict.windowBeganMs());
    }

    private EventRef inLog(EventRef event) {
        return new EventRef(
                event.dot(),
                sources.logPartition(event.partition()),
                event.offset(),
                event.clock(),
                event.lamport(),
                event.publishedAtMs());
    }
}
