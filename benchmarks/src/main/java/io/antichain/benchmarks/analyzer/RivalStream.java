package io.antichain.benchmarks.analyzer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** A topology that the analyzer is measured against: one processor with a store, and the analyzer's own settings. */
final class RivalStream {
    static final String STORE = "events-held";

    private RivalStream() {}

    /** Starts it, and returns once it runs. */
    static void start(
            Map<String, Object> client,
            Path state,
            String application,
            String from,
            String to,
            ProcessorSupplier<byte[], byte[], byte[], byte[]> processor)
            throws InterruptedException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        config.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6_000);
        config.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 1_500);
        config.put(StreamsConfig.consumerPrefix("group.instance.id"), application + "-1");
        config.put(StreamsConfig.producerPrefix("linger.ms"), 5);
        config.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 10_000);
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(), "from", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from);
        topology.addProcessor("processor", processor, "from");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                "processor");
        topology.addSink("to", to, new ByteArraySerializer(), new ByteArraySerializer(), "processor");
        KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(config));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        CountDownLatch running = new CountDownLatch(1);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        streams.start();
        running.await();
    }
}
