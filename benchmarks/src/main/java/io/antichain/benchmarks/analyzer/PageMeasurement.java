package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.benchmarks.Measurement;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The page in a browser, over an analyzer that holds a history while events arrive. Needs Node, Chromium and what
 * {@code npm ci} puts into {@code browser/}; to be started from the project's folder.
 */
public final class PageMeasurement implements Measurement {
    /** A log of 100,000 events, and one of so many processes that most rows are folded. */
    private static final List<Load> LOADS = List.of(new Load(8, 100_000, 2_000), new Load(1_000, 5_000, 100));

    private static final int SECONDS = 20;
    private static final double CONFLICTING = 0.3;
    private static final long STEP_NANOS = 10_000_000;
    private static final Path SCRIPT = Path.of("browser", "measure.mjs");

    /**
     * What is looked at.
     *
     * @param history how many events stand in the log when the page is opened
     */
    private record Load(int processes, long history, int eventsPerSecond) {}

    @Override
    public JsonNode run() throws Exception {
        if (!Files.exists(SCRIPT.resolveSibling("node_modules"))) {
            throw new IllegalStateException("The browser is driven from Node: script=" + SCRIPT
                    + ", node_modules=absent; run npm --prefix browser ci in the project's folder, and this there too");
        }
        ObjectNode all = new ObjectMapper().createObjectNode();
        for (Load load : LOADS) {
            all.set(load.processes() + "Processes", measured(load));
        }
        return all;
    }

    private static JsonNode measured(Load load) throws Exception {
        Topics topics = new Topics("page.");
        TurnsLog log = new TurnsLog(load.processes(), CONFLICTING, 1_000, 1);
        try (Bench bench = new Bench()) {
            bench.createOutputs(topics);
            bench.write(topics.events(), 1, log, load.history());
            AnalyzerSettings settings = AnalyzerSettings.defaults(topics, bench.client(), bench.stateFolder())
                    .withPort(0);
            try (Analyzer analyzer = Analyzer.start(settings)) {
                AtomicBoolean done = new AtomicBoolean();
                Thread publisher = new Thread(
                        () -> publish(bench.client(), topics.events(), log, load.eventsPerSecond(), done), "publisher");
                publisher.setDaemon(true);
                publisher.start();
                JsonNode figures = inBrowser("http://localhost:" + analyzer.port() + "/", load.history());
                done.set(true);
                publisher.join();
                return figures;
            }
        }
    }

    private static JsonNode inBrowser(String address, long history) throws Exception {
        Process node = new ProcessBuilder("node", SCRIPT.toString(), address, "" + history, "" + SECONDS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (node.waitFor() != 0) {
            throw new IllegalStateException("The browser measures to the end: exit=" + node.exitValue());
        }
        return new ObjectMapper().readTree(line);
    }

    /** At the given rate, until {@code done}. */
    private static void publish(
            Map<String, Object> client, String topic, TurnsLog log, int eventsPerSecond, AtomicBoolean done) {
        try (AvroSerializer serializer = new AvroSerializer();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            serializer.configure(client, false);
            long nextNanos = System.nanoTime();
            while (!done.get()) {
                for (int i = 0; i < eventsPerSecond * STEP_NANOS / 1_000_000_000; i++) {
                    Event event = log.next();
                    byte[] key = event.key().orElseThrow().getBytes(StandardCharsets.UTF_8);
                    producer.send(
                            new ProducerRecord<>(topic, 0, key, serializer.serialize(topic, WireCodec.toWire(event))));
                }
                nextNanos += STEP_NANOS;
                LockSupport.parkNanos(nextNanos - System.nanoTime());
            }
        }
    }
}
