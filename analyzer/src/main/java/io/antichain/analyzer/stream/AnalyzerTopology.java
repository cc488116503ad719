package io.antichain.analyzer.stream;

import io.antichain.analyzer.log.EventSources;
import io.antichain.analyzer.restore.StateStore;
import io.antichain.schemas.Topics;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** The data's way through the analyzer: events in; conflicts, anomalies and dead letters out. */
final class AnalyzerTopology implements Supplier<Topology> {
    private final Topics topics;
    private final EventSources sources;
    private final Supplier<OrderProcessor> order;

    AnalyzerTopology(Topics topics, EventSources sources, Supplier<OrderProcessor> order) {
        this.topics = topics;
        this.sources = sources;
        this.order = order;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        readEvents(topology);
        placeInOrder(topology);
        writeTo(topology, Output.CONFLICTS, topics.conflicts());
        writeTo(topology, Output.ANOMALIES, topics.anomalies());
        writeTo(topology, Output.DEAD_LETTERS, topics.deadLetters());
        return topology;
    }

    /** As bytes: what cannot be decoded must be told from a registry that is away, and that takes a processor. */
    private void readEvents(Topology topology) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                "events",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                sources.topics().toArray(String[]::new));
    }

    private void placeInOrder(Topology topology) {
        topology.addProcessor("order", order::get, "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(StateStore.NAME), Serdes.Bytes(), Serdes.ByteArray()),
                "order");
    }

    private static void writeTo(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), "order");
    }
}
