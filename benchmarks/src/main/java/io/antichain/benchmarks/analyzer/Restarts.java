package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long no conflict record comes when the analyzer is killed, or stopped in order, and started again at once, and how long it takes
 * from then until it is ready; the same of a pass-through topology; and of a node, how long until it is ready.
 */
final class Restarts {
    private static final String INPUT = "restarts";
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 3;
    private static final long PAUSE_MS = 5;
    private static final int OUTPUT_BYTES = 200;

    /** What is started again, and what it writes to. */
    private record Restarted(String group, List<String> arguments, String output) {}

    private final Bench bench;
    private final long events;
    private final TurnsLog log = new TurnsLog(PROCESSES, 0.5, 1, 4);
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param events how many stand in the log before the first start */
    Restarts(Bench bench, long events) {
        this.bench = bench;
        this.events = events;
    }

    /** The longest of some rounds each, in ms, the start of the JVM included. */
    ObjectNode measure() throws Exception {
        Topics topics = new Topics("restarts.");
        bench.createOutputs(topics);
        String passed = "restarts-passed";
        bench.create(passed, 1);
        System.err.printf("writing %,d events%n", events);
        bench.write(INPUT, 1, log, events);
        Thread publisher = new Thread(this::publish, "publisher");
        publisher.start();
        try {
            ObjectNode measured = measure(new Restarted(
                    Measured.group(topics, "all"),
                    List.of("analyzer", topics.prefix(), "ALL", INPUT),
                    topics.conflicts()));
            measured.set(
                    "passThrough",
                    measure(new Restarted(
                            passed, List.of("pass-through", passed, INPUT, passed, "1", "" + OUTPUT_BYTES), passed)));
            measured.set("node", measureNode());
            return measured;
        } finally {
            done.set(true);
            publisher.join();
        }
    }

    private ObjectNode measure(Restarted restarted) throws Exception {
        // As the launcher does it: a first run shows which classes there are.
        Path archive = bench.stateFolder().resolve("classes.jsa");
        try (KafkaConsumer<byte[], byte[]> consumer = bench.consumer(restarted.output())) {
            try (Measured first = start(restarted, "-XX:ArchiveClassesAtExit=" + archive)) {
                first.awaitCommitted(INPUT, events);
                first.stop();
            }
            try (Measured measured = start(restarted, "-XX:SharedArchiveFile=" + archive)) {
                return measure(measured, consumer);
            }
        }
    }

    /** Of a node it is only when it is ready. */
    private ObjectNode measureNode() throws Exception {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        bench.write(topics.events(), 1, new TurnsLog(PROCESSES, 0.5, 1, 4), events);
        bench.create(new NewTopic(topics.clocks(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        Restarted node = new Restarted("", List.of("node"), "");
        Path archive = bench.stateFolder().resolve("classes.jsa");
        try (Measured first = start(node, "-XX:ArchiveClassesAtExit=" + archive)) {
            first.readyNs().get();
            first.stop();
        }
        try (Measured measured = start(node, "-XX:SharedArchiveFile=" + archive)) {
            measured.readyNs().get();
            long killed = 0;
            long stopped = 0;
            for (int round = 0; round < ROUNDS; round++) {
                killed = Math.max(killed, restart(measured, true));
                stopped = Math.max(stopped, restart(measured, false));
            }
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putObject("ready").put("afterKill", killed).put("afterStop", stopped);
            return json;
        }
    }

    private static long restart(Measured measured, boolean killed) throws Exception {
        measured.end(killed);
        long startedNs = System.nanoTime();
        measured.begin();
        return (measured.readyNs().get() - startedNs) / 1_000_000;
    }

    private Measured start(Restarted restarted, String option) throws IOException {
        return Measured.start(bench, restarted.group(), 1, List.of(option), restarted.arguments());
    }

    private static ObjectNode measure(Measured measured, KafkaConsumer<byte[], byte[]> consumer) throws Exception {
        awaitEnd(consumer);
        Longest killed = new Longest();
        Longest stopped = new Longest();
        for (int round = 0; round < ROUNDS; round++) {
            restart(measured, consumer, true, killed);
            restart(measured, consumer, false, stopped);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("afterKill", killed.recordMs).put("afterStop", stopped.recordMs);
        json.putObject("ready").put("afterKill", killed.readyMs).put("afterStop", stopped.readyMs);
        return json;
    }

    /** Of some rounds, from the start on. */
    private static final class Longest {
        private long readyMs;
        private long recordMs;
    }

    private static void restart(
            Measured measured, KafkaConsumer<byte[], byte[]> consumer, boolean killed, Longest longest)
            throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < until) {
            consumer.poll(Duration.ofMillis(100));
        }
        long endedNs = System.nanoTime();
        measured.end(killed);
        long startedNs = System.nanoTime();
        measured.begin();
        CompletableFuture<Long> readyNs = measured.readyNs();
        awaitEnd(consumer);
        longest.recordMs = Math.max(longest.recordMs, (System.nanoTime() - endedNs) / 1_000_000);
        longest.readyMs = Math.max(longest.readyMs, (readyNs.get() - startedNs) / 1_000_000);
    }

    /** Waits for a record behind all that are committed. */
    private static void awaitEnd(KafkaConsumer<byte[], byte[]> consumer) {
        long offset = consumer.endOffsets(consumer.assignment()).values().stream()
                .mapToLong(end -> end)
                .sum();
        long last = -1;
        while (last < offset) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                last = record.offset();
            }
        }
    }

    private void publish() {
        try (AvroSerializer serializer = new AvroSerializer();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(bench.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            serializer.configure(bench.client(), false);
            while (!done.get()) {
                producer.send(new ProducerRecord<>(INPUT, serializer.serialize(INPUT, WireCodec.toWire(log.next()))));
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
