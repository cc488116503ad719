package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.RecordDecoder;
import io.antichain.analyzer.log.EventLog;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.analyzer.restore.Reminders;
import io.antichain.analyzer.restore.Restoration;
import io.antichain.analyzer.restore.Restorations;
import io.antichain.analyzer.restore.StateSaving;
import io.antichain.analyzer.restore.StateStore;
import io.antichain.analyzer.restore.StoredState;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decodes each record, asks the engine for its place in the order, and forwards what was found.
 *
 * <p>The engine lives in memory; what the log does not hold of it is stored now and then. When a task starts, the engine is
 * restored up to the offsets from which on the outputs are not committed yet.
 */
final class OrderProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    /**
     * What all tasks have in common.
     *
     * @param input the topic that is read, a partition of it by each task
     * @param isSource whether it is a source itself, not the topic that brings the sources together
     * @param topics this topic, and the sources where it is none of them
     * @param topicIds their ids as they are now
     */
    record Setting(
            String input,
            boolean isSource,
            List<String> topics,
            List<String> topicIds,
            boolean acceptNewTopic,
            Scope scope,
            EngineLimits limits,
            int storeEvery,
            EventLog log,
            Restorations restorations,
            AnalyzerMetrics metrics) {}

    private final Setting setting;
    private final RecordDecoder decoder;
    private final ConflictEncoder encoder;

    private ProcessorContext<byte[], byte[]> context;
    private StateStore store;
    private StateSaving saving;
    private Output output;
    private RecordTally tally;
    private OrderEngine engine;
    private Reminders reminders;
    private AtomicLong offset;
    private List<Anomaly> notices;
    private boolean isNew;
    private boolean hasBegun;
    private OffsetJumps jumps;

    OrderProcessor(Setting setting, RecordDecoder decoder, ConflictEncoder encoder) {
        this.setting = setting;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = new StateStore(context.getStateStore(StateStore.NAME));
        this.saving = new StateSaving(store, setting.topicIds(), setting.storeEvery());
        this.output = new Output(context, encoder, setting.metrics(), "");
        this.tally = new RecordTally(setting.metrics(), setting.input());
        this.offset = setting.metrics().offset(partition());
        this.hasBegun = false;
        restore();
        this.jumps =
                new OffsetJumps(setting.log(), output, (upTo, records, timestampMs) -> engine.deletedUnread(records));
        context.schedule(StateSaving.EVERY, PunctuationType.WALL_CLOCK_TIME, now -> saving.tick(engine, reminders));
        context.schedule(TELL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> everySecond(now));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Decoded decoded = decoder.decode(
                metadata.topic(), record.key(), record.value(), record.headers(), record.timestamp(), output.began());
        if (!hasBegun) {
            begin(record.timestamp());
        }
        jumps.note(metadata, engine.position(), record.timestamp());
        if (decoded instanceof Decoded.Admitted admitted) {
            place(admitted, metadata, record.timestamp());
        } else if (decoded instanceof Decoded.Doubted doubted) {
            output.doubted(doubted, position(metadata), record.timestamp(), reminders);
        } else if (decoded instanceof Decoded.Undecodable undecodable) {
            output.deadLetter(record, metadata, undecodable);
        } else if (decoded instanceof Decoded.Deleted deleted) {
            engine.deletedUnread(deleted.records());
        }
        if (setting.isSource()) {
            tally.read(!(decoded instanceof Decoded.Unstamped));
        }
        engine.passed(metadata.offset());
        offset.lazySet(metadata.offset());
        saving.read(engine, reminders);
    }

    @Override
    public void close() {
        if (context != null) {
            tally.tell();
            setting.metrics().forget(context.taskId().partition());
        }
    }

    private void place(Decoded.Admitted admitted, RecordMetadata metadata, long timestampMs) {
        Event event = admitted.event();
        if (admitted.isStampRepeated()) {
            output.stampRepeated(event, position(metadata), timestampMs);
        }
        Outcome outcome = engine.arrive(admitted.message(), metadata.offset(), timestampMs);
        if (outcome instanceof Outcome.Ordered ordered) {
            tally.ordered(ordered.complete());
        } else if (outcome instanceof Outcome.Recorded recorded) {
            output.conflict(recorded.conflict(), timestampMs);
        } else if (outcome instanceof Outcome.Refused refused) {
            output.refused(refused.anomaly(), event.process(), timestampMs, reminders);
        }
        if (!outcome.notices().isEmpty()) {
            outcome.notices().forEach(notice -> output.anomaly(notice, timestampMs));
        }
    }

    private static Position position(RecordMetadata metadata) {
        return new Position(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private TopicPartition partition() {
        return new TopicPartition(setting.input(), context.taskId().partition());
    }

    private void restore() {
        Optional<StoredState> stored = stored();
        TopicPartition partition = partition();
        long until = setting.log().committed(partition.topic(), partition.partition());
        Restoration restored = setting.restorations()
                .finished(
                        context.taskId(),
                        stored,
                        until,
                        () -> new Restoration(
                                partition, setting.scope(), setting.limits(), stored, until, setting.log(), decoder));
        engine = restored.engine();
        reminders = restored.reminders();
        notices = restored.notices();
        saving.since(restored.followed());
        isNew = stored.isEmpty();
    }

    /** With the first record: what came to light when the engine was restored is told, and what is not known yet is stored. */
    private void begin(long timestampMs) {
        hasBegun = true;
        if (isNew) {
            store.clear();
        }
        notices.forEach(notice -> output.anomaly(notice, timestampMs));
        if (isNew || !notices.isEmpty()) {
            saving.save(engine, reminders);
        }
    }

    /** What the store holds, if it belongs to the topics as they are. */
    private Optional<StoredState> stored() {
        Optional<StoredState> stored = store.read();
        if (stored.isPresent() && !stored.get().topicIds().equals(setting.topicIds())) {
            if (setting.acceptNewTopic()) {
                return Optional.empty();
            }
            throw new TopicRecreatedException(
                    Collections.disjoint(stored.get().topicIds(), setting.topicIds())
                            ? "A topic is not the one that was read before: " + topicsAndIds(stored.get())
                                    + "; begin again with --accept-new-topic, or use another --topic-prefix"
                            : "The list of topics has changed since they were read before: "
                                    + topicsAndIds(stored.get())
                                    + "; read the same, use another --topic-prefix, or begin again with"
                                    + " --accept-new-topic");
        }
        return stored;
    }

    private String topicsAndIds(StoredState stored) {
        return "topics=" + String.join(",", setting.topics()) + ", ids=" + String.join(",", setting.topicIds())
                + ", before=" + String.join(",", stored.topicIds());
    }

    private void everySecond(long nowMs) {
        jumps.check(nowMs);
        tally.tell();
        setting.metrics().engine(context.taskId().partition(), engine.figures());
    }
}
