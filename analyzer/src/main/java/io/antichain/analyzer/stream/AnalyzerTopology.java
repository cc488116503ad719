package io.antichain.analyzer.stream;

import io.antichain.analyzer.restore.StateStore;
import io.antichain.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * The data's way through the analyzer: events in; conflicts, anomalies and dead letters out. Where each task sees all that can
 * conflict, in one stage. Else in two, with a topic between them that brings the sources together:
 *
 * <pre>
 * sources → stamps → order-all or order-key → order → conflicts, anomalies, dead letters
 * </pre>
 *
 * That topic is no internal one of Kafka Streams, which would delete what is committed: an engine reads its window again.
 */
final class AnalyzerTopology {
    private AnalyzerTopology() {}

    /** In one stage. */
    static Topology direct(Topics topics, String source, Supplier<OrderProcessor> order) {
        Topology topology = new Topology();
        read(topology, "events", List.of(source));
        placeInOrder(topology, "events", order);
        writeFound(topology, topics);
        return topology;
    }

    /**
     * In two.
     *
     * @param between the topic that brings the sources together
     */
    static Topology broughtTogether(
            Topics topics,
            List<String> sources,
            Supplier<SourceProcessor> stamps,
            String between,
            Supplier<OrderProcessor> order) {
        Topology topology = new Topology();
        read(topology, "sources", sources);
        topology.addProcessor("stamps", stamps::get, "sources");
        topology.addSink(
                Output.SOURCE + Output.ORDER,
                between,
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                toAllWithoutKey(),
                "stamps");
        write(topology, Output.SOURCE + Output.ANOMALIES, topics.anomalies(), "stamps");
        write(topology, Output.SOURCE + Output.DEAD_LETTERS, topics.deadLetters(), "stamps");
        read(topology, "together", List.of(between));
        placeInOrder(topology, "together", order);
        writeFound(topology, topics);
        return topology;
    }

    /**
     * By key as any producer does it. In {@code order-key} what has no key concerns all partitions: that records of a source are
     * gone; {@code order-all} has one partition.
     */
    private static StreamPartitioner<byte[], byte[]> toAllWithoutKey() {
        return new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
                return key == null
                        ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                        : Optional.empty();
            }
        };
    }

    /** As bytes: what cannot be decoded must be told from a registry that is away, and that takes a processor. */
    private static void read(Topology topology, String name, List<String> sources) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                sources.toArray(String[]::new));
    }

    private static void placeInOrder(Topology topology, String from, Supplier<OrderProcessor> order) {
        topology.addProcessor("order", order::get, from);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(StateStore.NAME), Serdes.Bytes(), Serdes.ByteArray()),
                "order");
    }

    private static void writeFound(Topology topology, Topics topics) {
        write(topology, Output.CONFLICTS, topics.conflicts(), "order");
        write(topology, Output.ANOMALIES, topics.anomalies(), "order");
        write(topology, Output.DEAD_LETTERS, topics.deadLetters(), "order");
    }

    private static void write(Topology topology, String name, String topic, String from) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), from);
    }
}
