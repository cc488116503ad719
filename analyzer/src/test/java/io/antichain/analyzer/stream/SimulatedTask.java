package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.CountedPatience;
import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.log.EventLog;
import io.antichain.analyzer.log.MemoryEventLog;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.restore.RestorationUnfinishedException;
import io.antichain.analyzer.restore.Restorations;
import io.antichain.analyzer.restore.StateStore;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One task as Kafka Streams runs it under exactly-once: outputs, store and position are committed together, or lost together. */
final class SimulatedTask {
    static final Topics TOPICS = new Topics("test.");

    /** What was committed to an output topic. */
    record Emitted(String sink, String key, Bytes value) {}

    private final MemoryEventLog log;
    private final Scope scope;
    private final int storeEvery;
    private final EngineLimits limits;
    private final Serializer<Object> serializer;
    private final Deserializer<?> deserializer;
    private final Restorations restorations;
    final CountedPatience patience = new CountedPatience();
    private final List<Emitted> committed = new ArrayList<>();
    private final Map<Bytes, byte[]> committedStore = new HashMap<>();
    private int committedPosition;

    private OrderProcessor processor;
    private MockProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;
    private int position;
    private int unfinished;
    String topicId = "id";
    boolean acceptNewTopic;

    SimulatedTask(
            MemoryEventLog log,
            Scope scope,
            int storeEvery,
            EngineLimits limits,
            Serializer<Object> serializer,
            Deserializer<?> deserializer) {
        this.log = log;
        this.scope = scope;
        this.storeEvery = storeEvery;
        this.limits = limits;
        this.serializer = serializer;
        this.deserializer = deserializer;
        this.restorations = new Restorations(patience);
    }

    /** Starts from what is committed; what was not is lost. */
    void start() {
        context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(patience.nowMs());
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StateStore.NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        committedStore.forEach(store::put);
        position = committedPosition;
        log.committed.put(TOPICS.events(), (long) committedPosition);
        processor = processor();
        try {
            processor.init(context);
        } catch (RestorationUnfinishedException e) {
            unfinished++;
            start();
        }
    }

    private OrderProcessor processor() {
        return new OrderProcessor(
                new OrderProcessor.Setting(
                        TOPICS.events(),
                        true,
                        List.of(TOPICS.events()),
                        List.of(topicId),
                        acceptNewTopic,
                        scope,
                        limits,
                        storeEvery,
                        log,
                        restorations,
                        new AnalyzerMetrics(new SimpleMeterRegistry())),
                new EventDecoder(
                        deserializer,
                        List.of(TOPICS.events()),
                        new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH),
                        patience,
                        EventDecoder.NO_PAYLOADS),
                new ConflictEncoder(serializer, TOPICS, patience));
    }

    /** Retention deletes so many records before they could be read. */
    void lose(int records) {
        position += records;
        log.earliest = position;
    }

    /** A second goes by, or more. */
    void tick() {
        context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(patience.nowMs()));
    }

    /** Processes the next record; false at the end of the log. */
    boolean step() {
        List<EventLog.Logged> next = log.read(TOPICS.events(), 0, position).next();
        if (next.isEmpty()) {
            return false;
        }
        EventLog.Logged record = next.get(0);
        context.setRecordMetadata(TOPICS.events(), 0, record.offset());
        processor.process(new Record<>(null, record.value(), record.timestampMs()));
        position++;
        return true;
    }

    void commit() {
        context.forwarded().forEach(forwarded -> {
            byte[] key = forwarded.record().key();
            committed.add(new Emitted(
                    forwarded.childName().orElseThrow(),
                    key == null ? "" : new String(key, java.nio.charset.StandardCharsets.UTF_8),
                    Bytes.wrap(forwarded.record().value())));
        });
        context.resetForwards();
        committedStore.clear();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                committedStore.put(entry.key, entry.value);
            }
        }
        commitPosition();
    }

    private void commitPosition() {
        committedPosition = position;
        log.committed.put(TOPICS.events(), (long) position);
    }

    /** What was put out since the last call, instead of committing it. */
    List<MockProcessorContext.CapturedForward<? extends byte[], ? extends byte[]>> takeOutput() {
        var output = List.copyOf(context.forwarded());
        context.resetForwards();
        commitPosition();
        return output;
    }

    /** All that was committed so far. */
    List<Emitted> committed() {
        return committed;
    }

    /** How often a restoration took longer than a thread may be silent. */
    int unfinished() {
        return unfinished;
    }
}
