package io.antichain.cli.kafka;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.DecodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What stands in the topics of one prefix, as values. Records that are none are left out; the analyzer reports them. */
public final class StoredLog {
    private final Cluster cluster;
    private final TopicReader reader;

    public StoredLog(Cluster cluster) {
        this.cluster = cluster;
        this.reader = new TopicReader(cluster);
    }

    /** All that can be decoded of the events topic: by partition in offset order. */
    public List<StoredEvent> events() {
        List<StoredEvent> events = new ArrayList<>();
        reader.readToEnd(cluster.topics().events(), (value, partition, offset) -> event(value)
                .ifPresent(event -> events.add(new StoredEvent(event, partition, offset))));
        return events;
    }

    /** All conflict records. */
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        reader.readToEnd(cluster.topics().conflicts(), (value, partition, offset) -> ifConflict(value, conflicts::add));
        return conflicts;
    }

    /** All conflict records, then each new one, until told to stop. */
    public void followConflicts(Consumer<Conflict> sink, BooleanSupplier stopped) {
        reader.follow(cluster.topics().conflicts(), (value, partition, offset) -> ifConflict(value, sink), stopped);
    }

    /** All anomalies. */
    public List<Anomaly> anomalies() {
        List<Anomaly> anomalies = new ArrayList<>();
        reader.readToEnd(cluster.topics().anomalies(), (value, partition, offset) -> {
            if (value instanceof io.antichain.wire.Anomaly anomaly) {
                anomalies.add(WireCodec.fromWire(anomaly));
            }
        });
        return anomalies;
    }

    private static Optional<Event> event(Object value) {
        try {
            return value instanceof io.antichain.wire.Event event
                    ? Optional.of(WireCodec.fromWire(event))
                    : Optional.empty();
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    private static void ifConflict(Object value, Consumer<Conflict> sink) {
        if (value instanceof io.antichain.wire.Conflict conflict) {
            sink.accept(WireCodec.fromWire(conflict));
        }
    }
}
