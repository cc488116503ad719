package io.antichain.analyzer.topology;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Gateway.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Decodes each record, asks the engine for its place in the order, and forwards what was found.
 *
 * <p>The engine lives in memory. When a task starts, the first record shows from where on the outputs are not committed yet;
 * everything before it is replayed from the log into a new engine without forwarding anything.
 */
final class OrderProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String CONFLICTS = "conflicts";
    static final String ANOMALIES = "anomalies";
    static final String DEAD_LETTERS = "dead-letters";
    static final String FRONTIER = "frontier";

    private static final long REPEAT_AFTER_MS = 60_000;

    private final EventDecoder decoder;
    private final ConflictEncoder encoder;
    private final EventLog log;
    private final String topicId;
    private final Tally tally;
    private final Map<ProcessId, Long> clocklessSinceMs = new HashMap<>();

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Integer, String> frontier;
    private OrderEngine engine;

    /**
     * @param topicId the id of the events topic as it is now; another one in the store means that it was recreated
     */
    OrderProcessor(EventDecoder decoder, ConflictEncoder encoder, EventLog log, String topicId, Tally tally) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.log = log;
        this.topicId = topicId;
        this.tally = tally;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.frontier = context.getStateStore(FRONTIER);
        this.engine = null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        if (engine == null) {
            engine = restored(metadata);
        }
        Decoded decoded = decoder.decode(metadata.topic(), record.value());
        if (decoded instanceof Decoded.Admitted admitted) {
            place(admitted.event(), record, metadata);
        } else if (decoded instanceof Decoded.Doubted doubted) {
            doubt(doubted.event(), doubted.rejection(), record, metadata);
        } else if (decoded instanceof Decoded.Undecodable undecodable) {
            tally.deadLetter(undecodable.reason());
            context.forward(DeadLetter.of(record, metadata, undecodable), DEAD_LETTERS);
        }
        tally.read(metadata.offset());
    }

    private OrderEngine restored(RecordMetadata metadata) {
        String before = frontier.putIfAbsent(metadata.partition(), topicId);
        if (before != null && !before.equals(topicId)) {
            throw new TopicRecreatedException("The events topic is not the one that was read before: topic="
                    + metadata.topic() + ", id=" + topicId + ", before=" + before
                    + "; use another --topic-prefix or reset the analyzer's state and offsets");
        }
        OrderEngine empty = OrderEngine.overAll(EngineLimits.DEFAULT, metadata.partition());
        log.replay(metadata.topic(), metadata.partition(), metadata.offset(), (offset, timestampMs, value) -> {
            if (decoder.decode(metadata.topic(), value) instanceof Decoded.Admitted admitted) {
                empty.arrive(admitted.event(), metadata.partition(), offset, timestampMs);
            }
        });
        return empty;
    }

    private void place(Event event, Record<byte[], byte[]> record, RecordMetadata metadata) {
        Outcome outcome = engine.arrive(event, metadata.partition(), metadata.offset(), record.timestamp());
        if (outcome instanceof Outcome.Ordered) {
            tally.event();
        } else if (outcome instanceof Outcome.Recorded recorded) {
            tally.event();
            emit(recorded.conflict(), record);
        } else if (outcome instanceof Outcome.Refused refused) {
            emit(refused.anomaly(), record);
        }
        outcome.notices().forEach(notice -> emit(notice, record));
    }

    private void emit(Conflict conflict, Record<byte[], byte[]> record) {
        tally.conflict(conflict);
        context.forward(
                outgoing(conflict.event().dot().toString(), encoder.encode(conflict), record.timestamp()), CONFLICTS);
    }

    private void doubt(Event event, Rejection rejection, Record<byte[], byte[]> record, RecordMetadata metadata) {
        if (rejection.kind() == Anomaly.Kind.NO_VECTOR_CLOCK && !isDue(event.process(), record.timestamp())) {
            return;
        }
        Optional<EventRef> reference =
                event.kind() != Event.Kind.MESSAGE || event.clock().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new EventRef(
                                event.dot(),
                                metadata.partition(),
                                metadata.offset(),
                                event.clock().get(),
                                event.lamport(),
                                event.publishedAtMs()));
        emit(new Anomaly(rejection.kind(), reference, rejection.sentence(), rejection.evidence()), record);
    }

    /** Once a process and minute of log time. */
    private boolean isDue(ProcessId process, long timestampMs) {
        Long before = clocklessSinceMs.get(process);
        if (before != null && timestampMs - before < REPEAT_AFTER_MS) {
            return false;
        }
        clocklessSinceMs.put(process, timestampMs);
        return true;
    }

    private void emit(Anomaly anomaly, Record<byte[], byte[]> record) {
        tally.anomaly(anomaly.kind());
        String key = anomaly.event().map(EventRef::dot).map(Dot::toString).orElse(null);
        context.forward(outgoing(key, encoder.encode(anomaly), record.timestamp()), ANOMALIES);
    }

    private static Record<byte[], byte[]> outgoing(String key, byte[] value, long timestampMs) {
        Headers none = new RecordHeaders();
        return new Record<>(key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, timestampMs, none);
    }
}
