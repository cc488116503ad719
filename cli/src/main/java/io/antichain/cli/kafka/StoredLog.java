package io.antichain.cli.kafka;

import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.decode.OrderRecord;
import io.antichain.analyzer.decode.PairConditions;
import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.order.Traits;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Position;
import io.antichain.schemas.codec.DeadLetterHeaders;
import io.antichain.schemas.codec.WireCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/** What stands in the topics of one prefix, as values. Records that are none are left out, and noted: {@link #undecoded}. */
public final class StoredLog {
    private final Cluster cluster;
    private final UndecodedRecords undecoded = new UndecodedRecords();
    private final TopicReader reader;

    public StoredLog(Cluster cluster) {
        this.cluster = cluster;
        this.reader = new TopicReader(cluster, undecoded);
    }

    /** What was read so far and could not be decoded. */
    public UndecodedRecords undecoded() {
        return undecoded;
    }

    /** All that can be decoded of the events topic: by partition in offset order. */
    public List<StoredEvent> events() {
        List<StoredEvent> events = new ArrayList<>();
        events(events::add);
        return events;
    }

    /** The same, one by one. */
    public void events(Consumer<StoredEvent> sink) {
        events(cluster.topics().events(), sink);
    }

    /** The same of any topic. */
    public void events(String topic, Consumer<StoredEvent> sink) {
        events(topic, PairConditions.NONE, sink);
    }

    /**
     * The same, with what conditions on pairs need to know.
     *
     * @param where which pairs count
     */
    public void events(String topic, PairConditions where, Consumer<StoredEvent> sink) {
        try (Deserializer<?> deserializer = cluster.deserializer()) {
            reader.readBytesToEnd(topic, record -> {
                EventRecord found = EventRecord.of(record, cluster, reader, deserializer, EventDecoder.NO_PAYLOADS);
                if (found instanceof EventRecord.Read read) {
                    Optional<Traits> traits = where.isEmpty()
                            ? Optional.empty()
                            : Optional.of(where.of(read.event(), topic, record.headers()));
                    sink.accept(new StoredEvent(read.event(), record.partition(), record.offset(), traits));
                } else if (found instanceof EventRecord.Unreadable unreadable && record.value() != null) {
                    undecoded.add(topic, record.partition(), record.offset(), unreadable.failure());
                }
            });
        }
    }

    /** Takes an event that was brought together with others, and where its record stands. */
    interface BroughtSink {
        void take(Message message, int partition, long offset);
    }

    /** The events of a topic that brings others together, in offset order. */
    void brought(String topic, BroughtSink sink) {
        reader.readBytesToEnd(topic, record -> {
            try {
                if (OrderRecord.read(record.key(), record.value()) instanceof OrderRecord.Placed placed) {
                    sink.take(placed.message(), record.partition(), record.offset());
                }
            } catch (IllegalArgumentException e) {
                undecoded.add(topic, record.partition(), record.offset(), e.getMessage());
            }
        });
    }

    /**
     * All conflict records.
     *
     * @throws ClusterException after the last one, if others cannot be decoded
     */
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        conflicts((conflict, logTimeMs) -> conflicts.add(conflict));
        return conflicts;
    }

    /** The same, one by one, with the log time of each record's event, ms since 1970 UTC. */
    public void conflicts(ObjLongConsumer<Conflict> sink) {
        reader.readToEnd(
                cluster.topics().conflicts(),
                (value, partition, offset, logTimeMs) -> ifConflict(value, logTimeMs, sink));
        undecoded.requireNone(cluster.topics().conflicts());
    }

    /** All conflict records, then each new one, until told to stop. */
    public void followConflicts(ObjLongConsumer<Conflict> sink, BooleanSupplier stopped) {
        reader.follow(
                cluster.topics().conflicts(),
                (value, partition, offset, logTimeMs) -> {
                    undecoded.requireNone(cluster.topics().conflicts());
                    ifConflict(value, logTimeMs, sink);
                },
                stopped);
    }

    /** All that the analyzer doubts, one by one. */
    public void anomalies(Consumer<Anomaly> sink) {
        reader.readToEnd(cluster.topics().anomalies(), (value, partition, offset, logTimeMs) -> {
            if (value instanceof io.antichain.wire.Anomaly anomaly) {
                sink.accept(WireCodec.fromWire(anomaly));
            }
        });
        undecoded.requireNone(cluster.topics().anomalies());
    }

    /** Where the records stand that the analyzer could not read, one by one. */
    public void deadLetters(Consumer<Position> sink) {
        reader.readBytesToEnd(
                cluster.topics().deadLetters(),
                record -> sink.accept(DeadLetterHeaders.read(record.headers()).position()));
    }

    private static void ifConflict(Object value, long logTimeMs, ObjLongConsumer<Conflict> sink) {
        if (value instanceof io.antichain.wire.Conflict conflict) {
            sink.accept(WireCodec.fromWire(conflict), logTimeMs);
        }
    }
}
