package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** From the acknowledgement of the second event of a pair to the moment a read_committed consumer has its record. */
final class Latency {
    private static final int PAIRS = 1_500;
    /** From the first record on; what was published before that waited for the program to start. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final int PROCESSES = 2;
    private static final long PAUSE_MS = 10;

    private final Bench bench;
    private final Map<String, Long> acknowledgedNanos = new ConcurrentHashMap<>();

    Latency(Bench bench) {
        this.bench = bench;
    }

    /** Milliseconds at 50 and 99 of 100, for the analyzer and for the pass-through topology. */
    ObjectNode measure() throws Exception {
        ObjectNode latency = ofAnalyzer(1);
        bench.create("latency-passed", 1);
        List<Long> passThrough = run(
                "latency-single",
                1,
                "latency-passed",
                "latency-passed",
                "pass-through",
                "latency-passed",
                "latency-single",
                "latency-passed",
                "1.0",
                "200");
        return latency.put("passThroughP50", at(passThrough, 50)).put("passThroughP99", at(passThrough, 99));
    }

    /** Milliseconds at 50 and 99 of 100, for an analyzer of scope all; with several partitions it has two stages. */
    ObjectNode ofAnalyzer(int partitions) throws Exception {
        Topics topics = new Topics("latency-" + partitions + ".");
        bench.createOutputs(topics);
        bench.create(topics.order(Scope.ALL), 1);
        String input = "latency-pairs-" + partitions;
        List<Long> analyzer = run(
                input,
                partitions,
                topics.conflicts(),
                Measured.group(topics, "all"),
                "analyzer",
                topics.prefix(),
                "ALL",
                input);
        return JsonNodeFactory.instance
                .objectNode()
                .put("p50", at(analyzer, 50))
                .put("p99", at(analyzer, 99));
    }

    private static double at(List<Long> nanos, int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return Math.round(sorted.get(sorted.size() * percent / 100) / 1e5) / 10.0;
    }

    private List<Long> run(String input, int partitions, String output, String group, String... program)
            throws Exception {
        acknowledgedNanos.clear();
        bench.create(input, partitions);
        try (Measured measured = Measured.start(bench, group, 1, program);
                KafkaConsumer<byte[], byte[]> consumer = bench.consumer(output)) {
            AtomicBoolean done = new AtomicBoolean();
            Thread publisher = new Thread(() -> publish(input, done), "publisher");
            publisher.start();
            try {
                List<Long> nanos = new ArrayList<>();
                long fromNanos = 0;
                while (nanos.size() < PAIRS) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(10))) {
                        long nowNanos = System.nanoTime();
                        fromNanos = fromNanos == 0 ? nowNanos + WARM_UP.toNanos() : fromNanos;
                        Long since = acknowledgedNanos.get(new String(record.key(), StandardCharsets.UTF_8));
                        if (since != null && since - fromNanos > 0) {
                            nanos.add(nowNanos - since);
                        }
                    }
                }
                return nanos;
            } finally {
                done.set(true);
                publisher.join();
            }
        }
    }

    /** Every event is the second of a pair with the one before it; its record's key is its dot, as that of its conflict. */
    private void publish(String topic, AtomicBoolean done) {
        TurnsLog log = new TurnsLog(PROCESSES, 1.0, 1, 3);
        try (AvroSerializer serializer = new AvroSerializer();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(bench.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            serializer.configure(bench.client(), false);
            while (!done.get()) {
                send(producer, serializer, topic, log.next());
                Thread.sleep(PAUSE_MS);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, AvroSerializer serializer, String topic, Event event)
            throws Exception {
        boolean isEvent = event.kind() == Event.Kind.MESSAGE;
        String key = isEvent ? event.dot().toString() : "";
        byte[] value = serializer.serialize(topic, WireCodec.toWire(event));
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value), (metadata, failure) -> {
            if (isEvent) {
                acknowledgedNanos.put(key, System.nanoTime());
            }
        });
        producer.flush();
    }
}
