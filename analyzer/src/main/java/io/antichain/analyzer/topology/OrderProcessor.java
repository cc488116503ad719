package io.antichain.analyzer.topology;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Gateway.Rejection;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decodes each record, asks the engine for its place in the order, and forwards what was found.
 *
 * <p>The engine lives in memory; every so many records its frontier is stored, a large one a piece at a time. When a task
 * starts, the first record shows from where on the outputs are not committed yet, and the engine is restored up to there.
 */
final class OrderProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);
    /** As often as is committed, about: so each transaction gets about so much. */
    static final Duration GO_ON_EVERY = Duration.ofMillis(100);

    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    /** So many bytes of a stored frontier are worth reading one record more at a start. */
    private static final int BYTES_A_RECORD = 10;
    /** While records are few, no more of a stored frontier than this each millisecond. */
    private static final int BYTES_A_MS = 100;
    /** Offsets that transaction markers leave out are fewer than this. */
    private static final long DOUBTFUL_JUMP = 1_000;

    /**
     * What all tasks have in common.
     *
     * @param topicIds the ids of the events topics as they are now, in the order of {@code sources}
     */
    record Setting(
            EventSources sources,
            List<String> topicIds,
            boolean acceptNewTopic,
            Scope scope,
            EngineLimits limits,
            int frontierEvery,
            int frontierBytesAtOnce,
            EventLog log,
            Restorations restorations,
            Tally tally) {}

    private final Setting setting;
    private final EventDecoder decoder;
    private final ConflictEncoder encoder;

    private ProcessorContext<byte[], byte[]> context;
    private FrontierStore store;
    private Output output;
    private OrderEngine engine;
    private Reminders reminders;
    private AtomicLong[] offsets;
    private long sinceSaved;
    private long savedBytes;
    private long savedAtMs;
    private Cancellable writing;

    OrderProcessor(Setting setting, EventDecoder decoder, ConflictEncoder encoder) {
        this.setting = setting;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = new FrontierStore(context.getStateStore(FrontierStore.NAME), setting.frontierBytesAtOnce());
        this.output = new Output(context, encoder, setting.sources(), setting.tally());
        this.offsets = setting.sources().topics().stream()
                .map(topic -> setting.tally()
                        .offset(new TopicPartition(topic, context.taskId().partition())))
                .toArray(AtomicLong[]::new);
        this.engine = null;
        this.sinceSaved = 0;
        this.savedBytes = 0;
        saved();
        context.schedule(SAVE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::saveIfBehind);
        context.schedule(TELL_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> tell());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        // Decoded first: where the registry is away, nothing is restored in vain.
        Decoded decoded = decoder.decode(metadata.topic(), record.value(), output.began());
        int partition = setting.sources().enginePartition(metadata.topic(), metadata.partition());
        if (engine == null) {
            restore(metadata, record.timestamp());
        } else if (metadata.offset() - engine.position(partition) > DOUBTFUL_JUMP) {
            checkTruncation(metadata, partition, record.timestamp());
        }
        if (decoded instanceof Decoded.Admitted admitted) {
            place(admitted.event(), partition, metadata.offset(), record.timestamp());
        } else if (decoded instanceof Decoded.Doubted doubted) {
            doubt(doubted.event(), doubted.rejection(), partition, metadata.offset(), record.timestamp());
        } else if (decoded instanceof Decoded.Undecodable undecodable) {
            output.deadLetter(record, metadata, undecodable);
        }
        offsets[setting.sources().topics().indexOf(metadata.topic())].lazySet(metadata.offset());
        if (++sinceSaved >= Math.max(setting.frontierEvery(), savedBytes / BYTES_A_RECORD) && !store.isUnderWay()) {
            save();
        }
    }

    @Override
    public void close() {
        if (context != null) {
            setting.tally().forget(context.taskId().partition());
        }
        engine = null;
    }

    private void place(Event event, int partition, long offset, long timestampMs) {
        Outcome outcome = engine.arrive(event, partition, offset, timestampMs);
        if (outcome instanceof Outcome.Ordered) {
            setting.tally().event();
        } else if (outcome instanceof Outcome.Recorded recorded) {
            setting.tally().event();
            output.conflict(recorded.conflict(), timestampMs);
        } else if (outcome instanceof Outcome.Refused refused) {
            output.anomaly(refused.anomaly(), timestampMs);
        }
        if (!outcome.notices().isEmpty()) {
            outcome.notices().forEach(notice -> output.anomaly(notice, timestampMs));
        }
    }

    private void doubt(Event event, Rejection rejection, int partition, long offset, long timestampMs) {
        if (rejection.kind() == Anomaly.Kind.NO_VECTOR_CLOCK && !reminders.isDue(event.process(), timestampMs)) {
            return;
        }
        Optional<EventRef> reference = event.kind() != Event.Kind.MESSAGE
                        || event.clock().isEmpty()
                ? Optional.empty()
                : Optional.of(new EventRef(
                        event.dot(), partition, offset, event.clock().get(), event.lamport(), event.publishedAtMs()));
        output.anomaly(
                new Anomaly(rejection.kind(), reference, rejection.sentence(), rejection.evidence()), timestampMs);
    }

    private void restore(RecordMetadata first, long timestampMs) {
        Optional<Saved> saved = saved();
        int partition = first.partition();
        long[] untils = setting.sources().topics().stream()
                .mapToLong(topic -> topic.equals(first.topic())
                        ? first.offset()
                        : setting.log().committed(topic, partition))
                .toArray();
        Restoration restored = setting.restorations()
                .finished(
                        context.taskId(),
                        saved,
                        untils,
                        () -> new Restoration(
                                setting.sources(),
                                partition,
                                setting.scope(),
                                setting.limits(),
                                saved,
                                untils,
                                setting.log(),
                                decoder));
        engine = restored.engine();
        reminders = restored.reminders();
        sinceSaved = restored.followed();
        restored.notices().forEach(notice -> output.anomaly(notice, timestampMs));
        if (saved.isEmpty() || !restored.notices().isEmpty()) {
            save();
        }
    }

    /** What the store holds, if it belongs to the topics as they are. */
    private Optional<Saved> saved() {
        Optional<Saved> saved = store.read();
        if (saved.isPresent() && !saved.get().topicIds().equals(setting.topicIds())) {
            if (setting.acceptNewTopic()) {
                return Optional.empty();
            }
            throw new TopicRecreatedException("The events topic is not the one that was read before: topics="
                    + String.join(",", setting.sources().topics()) + ", ids="
                    + String.join(",", setting.topicIds()) + ", before="
                    + String.join(",", saved.get().topicIds())
                    + "; begin again with --accept-new-topic, or use another --topic-prefix");
        }
        return saved;
    }

    /** A long jump is many transaction markers, or what retention deleted before it could be read. */
    private void checkTruncation(RecordMetadata metadata, int partition, long timestampMs) {
        long earliest = setting.log().earliest(metadata.topic(), metadata.partition());
        long position = engine.position(partition);
        if (earliest > position) {
            output.anomaly(Truncation.anomaly(metadata.topic(), metadata.partition(), position, earliest), timestampMs);
            engine.truncated(partition, earliest);
        }
    }

    private void saveIfBehind(long nowMs) {
        if (engine != null && sinceSaved > 0 && !store.isUnderWay() && nowMs - savedAtMs >= savedBytes / BYTES_A_MS) {
            save();
        }
    }

    private void save() {
        savedBytes = store.begin(new Saved(setting.topicIds(), reminders, engine.frontier()));
        sinceSaved = 0;
        savedAtMs = context.currentSystemTimeMs();
        if (store.isUnderWay()) {
            // Only while there is something to write: each call is followed by a commit.
            writing = context.schedule(GO_ON_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> goOnSaving());
        }
    }

    private void goOnSaving() {
        store.goOn();
        if (!store.isUnderWay()) {
            writing.cancel();
        }
    }

    private void tell() {
        if (engine != null) {
            setting.tally().engine(context.taskId().partition(), engine);
        }
    }
}
