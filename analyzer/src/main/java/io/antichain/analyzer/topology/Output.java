package io.antichain.analyzer.topology;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Encodes what was found, counts it, and forwards it to its topic. */
final class Output {
    static final String CONFLICTS = "conflicts";
    static final String ANOMALIES = "anomalies";
    static final String DEAD_LETTERS = "dead-letters";

    private final ProcessorContext<byte[], byte[]> context;
    private final ConflictEncoder encoder;
    private final EventSources sources;
    private final Tally tally;
    private boolean began;

    Output(ProcessorContext<byte[], byte[]> context, ConflictEncoder encoder, EventSources sources, Tally tally) {
        this.context = context;
        this.encoder = encoder;
        this.sources = sources;
        this.tally = tally;
    }

    /** Whether anything was forwarded since the task began: then its transaction is open, and its time runs. */
    boolean began() {
        return began;
    }

    void conflict(Conflict conflict, long timestampMs) {
        tally.conflict(conflict, timestampMs);
        Conflict placed = sources.topics().size() == 1 ? conflict : inLog(conflict);
        String key = conflict.scope() == Scope.KEY
                ? conflict.key().orElseThrow()
                : conflict.event().dot().toString();
        forward(bytes(key), encoder.encode(placed, began), timestampMs, CONFLICTS);
    }

    void anomaly(Anomaly anomaly, long timestampMs) {
        tally.anomaly(anomaly.kind());
        Anomaly placed = sources.topics().size() == 1
                ? anomaly
                : new Anomaly(anomaly.kind(), anomaly.event().map(this::inLog), anomaly.sentence(), anomaly.evidence());
        Optional<String> key = anomaly.event().map(EventRef::dot).map(Dot::toString);
        forward(key.map(Output::bytes).orElse(null), encoder.encode(placed, began), timestampMs, ANOMALIES);
    }

    void deadLetter(Record<byte[], byte[]> record, RecordMetadata metadata, Decoded.Undecodable undecodable) {
        tally.deadLetter(undecodable.reason());
        began = true;
        context.forward(DeadLetter.of(record, metadata, undecodable), DEAD_LETTERS);
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
                        sources.logPartition(run.partition()),
                        run.firstCounter(),
                        run.lastCounter(),
                        run.firstOffset(),
                        run.lastOffset(),
                        run.length(),
                        run.witness()))
                .toList();
        return new Conflict(
                conflict.scope(),
                conflict.key(),
                conflict.status(),
                inLog(conflict.event()),
                runs,
                conflict.resolves(),
                conflict.siblings().stream().map(this::inLog).toList(),
                conflict.complete());
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
