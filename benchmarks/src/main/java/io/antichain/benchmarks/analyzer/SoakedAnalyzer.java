package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** An analyzer under a soak, in a JVM of its own, with a consumer of its conflict records. */
final class SoakedAnalyzer implements AutoCloseable {
    private final String scope;
    private final String topic;
    private final Measured program;
    private final KafkaConsumer<byte[], byte[]> conflicts;
    private final AvroDeserializer deserializer = new AvroDeserializer();
    private final List<Long> latenciesNs = new ArrayList<>();
    private ObjectNode slice = JsonNodeFactory.instance.objectNode();

    SoakedAnalyzer(Bench bench, Scope scope, String topic) throws IOException {
        this.scope = scope.name().toLowerCase(Locale.ROOT);
        this.topic = topic;
        Topics topics = new Topics("soak-" + this.scope + ".");
        bench.createOutputs(topics);
        program = Measured.start(
                bench, Measured.group(topics, this.scope), 1, "soaked-analyzer", topics.prefix(), scope.name(), topic);
        conflicts = bench.consumer(topics.conflicts());
        deserializer.configure(bench.client(), false);
    }

    String scope() {
        return scope;
    }

    void end(boolean killed) throws InterruptedException {
        program.end(killed);
    }

    /** Starts it again, with so many records to read of {@code end}. */
    void catchUp(long backlog, long end) throws Exception {
        long beganNs = System.nanoTime();
        program.begin();
        Measured.Rate rate = program.rateBetween(topic, end - backlog / 2, end);
        slice.put("catchUpMs", (System.nanoTime() - beganNs) / 1_000_000);
        slice.put("eventsPerSecond", Math.round(rate.perSecond()));
        slice.put("processorMicrosPerEvent", rounded(rate.cpuMicros()));
    }

    /**
     * Reads what conflict records there are.
     *
     * @param acknowledgedNs when the broker had an event, by its dot, for those whose latency counts
     */
    void read(Map<String, Long> acknowledgedNs) {
        for (ConsumerRecord<byte[], byte[]> record : conflicts.poll(Duration.ofMillis(20))) {
            Long since = acknowledgedNs.get(conflict(record).event().dot().toString());
            if (since != null) {
                latenciesNs.add(System.nanoTime() - since);
            }
        }
    }

    private Conflict conflict(ConsumerRecord<byte[], byte[]> record) {
        return WireCodec.fromWire(
                (io.antichain.wire.Conflict) deserializer.deserialize(record.topic(), record.value()));
    }

    /** What the slice showed; the next one begins. */
    ObjectNode endSlice() throws Exception {
        Collections.sort(latenciesNs);
        slice.put("conflicts", latenciesNs.size());
        slice.put("p50Ms", atMs(50)).put("p99Ms", atMs(99));
        slice.put("liveMib", program.liveMib()).put("residentMib", program.residentMib());
        latenciesNs.clear();
        ObjectNode ended = slice;
        slice = JsonNodeFactory.instance.objectNode();
        return ended;
    }

    private double atMs(int percent) {
        return rounded(latenciesNs.get(latenciesNs.size() * percent / 100) / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }

    @Override
    public void close() throws InterruptedException {
        conflicts.close();
        program.close();
    }
}
