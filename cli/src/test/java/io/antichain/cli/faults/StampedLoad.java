package io.antichain.cli.faults;

import io.antichain.cli.kafka.Cluster;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.codec.WireCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes what nodes would that deliver from each other now and then, and are cut off for a while now and then: the same
 * events to several events topics, at a steady rate, at less cost than nodes.
 */
final class StampedLoad implements AutoCloseable {
    private static final int NODES = 4;
    private static final int KEYS = 60;
    private static final int BURST = 30;
    private static final long BURST_EVERY_MS = 50;
    private static final int CUT_OFF_EVERY_BURSTS = 40;
    private static final int CUT_OFF_BURSTS = 20;

    private final Random random;
    private final List<Cluster> clusters;
    private final KafkaProducer<String, Object> producer;
    private final Thread thread = new Thread(this::publish, "stamped-load");
    private final AtomicInteger lost = new AtomicInteger();
    private final List<ProcessId> processes = IntStream.rangeClosed(1, NODES)
            .mapToObj(number -> ProcessId.of("node-" + number))
            .toList();
    private final VectorClock[] clocks = new VectorClock[NODES];
    private final int[] delivered = new int[NODES];
    private final int[] cutOffBursts = new int[NODES];
    private final List<VectorClock> published = new ArrayList<>();
    private volatile boolean closed;

    StampedLoad(long seed, List<Cluster> clusters) {
        this.random = new Random(seed);
        this.clusters = clusters;
        Map<String, Object> config = new HashMap<>(clusters.get(0).client());
        config.put(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "org.apache.kafka.common.serialization.StringSerializer");
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "io.antichain.schemas.registry.AvroSerializer");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.MAX_VALUE);
        this.producer = new KafkaProducer<>(config);
        for (int node = 0; node < NODES; node++) {
            clocks[node] = VectorClock.empty();
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** How many messages were published to each topic; only once closed. */
    int messages() {
        return published.size();
    }

    /** How many records did not get into their topic. */
    int lost() {
        return lost.get();
    }

    /** Ends when all is in the topics. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void publish() {
        try (producer) {
            for (int burst = 1; !closed; burst++) {
                for (int i = 0; i < BURST; i++) {
                    step();
                }
                if (burst % CUT_OFF_EVERY_BURSTS == 0) {
                    cutOffBursts[random.nextInt(NODES)] = random.nextInt(CUT_OFF_BURSTS);
                }
                for (int node = 0; node < NODES; node++) {
                    cutOffBursts[node] = Math.max(0, cutOffBursts[node] - 1);
                }
                TimeUnit.MILLISECONDS.sleep(BURST_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One node delivers what it may, and publishes. */
    private void step() {
        int node = random.nextInt(NODES);
        if (cutOffBursts[node] == 0) {
            int behind = published.size() - delivered[node];
            int until = published.size() - random.nextInt(Math.min(behind, 2 * NODES) + 1);
            while (delivered[node] < until) {
                clocks[node] = clocks[node].merge(published.get(delivered[node]++));
            }
        }
        clocks[node] = clocks[node].tick(processes.get(node));
        published.add(clocks[node]);
        String key = "key-" + random.nextInt(KEYS);
        for (Cluster cluster : clusters) {
            send(cluster, event(node, key));
        }
    }

    private Event event(int node, String key) {
        return new Event(
                processes.get(node),
                clocks[node].get(processes.get(node)),
                Optional.of(clocks[node]),
                new LamportTimestamp(published.size()),
                Optional.of(key),
                "",
                0,
                Kind.MESSAGE);
    }

    private void send(Cluster cluster, Event event) {
        String topic = cluster.topics().events();
        producer.send(
                new ProducerRecord<>(topic, event.key().orElseThrow(), (Object) WireCodec.toWire(event)),
                (metadata, failure) -> lost.addAndGet(failure == null ? 0 : 1));
    }
}
