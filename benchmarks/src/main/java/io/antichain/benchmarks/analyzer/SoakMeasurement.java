package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A history that only grows, over two analyzers, scope all and scope key: stamped records whose keys and processes are always new,
 * and restarts. In each slice of five minutes both are killed, or stopped in order; 600,000 records are written; both start and
 * catch up; then 1,000 records a second come, of which the latency counts after a minute; then memory is measured. Every 90 s a
 * service begins a new life; the one before is left out of stamps after a minute, and forgotten by the analyzers after five. These
 * lives take nothing over, so they may not begin more often than stamps forget: see {@code docs/stamp-my-service.md}. What
 * the last slices show is held against the first, but for the very first, in which processes and keys are still getting more.
 * System property: {@code minutes} (60), at least 25.
 */
public final class SoakMeasurement implements Measurement {
    private static final String TOPIC = "soak";
    private static final Duration SLICE = Duration.ofMinutes(5);
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration LIFE_ENDS_EVERY = Duration.ofSeconds(90);
    private static final int BACKLOG = 600_000;
    private static final int STEP_RECORDS = 10;
    private static final long STEP_NS = 10_000_000;
    private static final List<String> COMPARED = List.of(
            "catchUpMs", "eventsPerSecond", "processorMicrosPerEvent", "p50Ms", "p99Ms", "liveMib", "residentMib");

    private final int slices = Math.max(5, Integer.getInteger("minutes", 60) / (int) SLICE.toMinutes());
    private final Map<String, Long> acknowledgedNs = new ConcurrentHashMap<>();

    @Override
    public JsonNode run() throws Exception {
        ArrayNode measured = JsonNodeFactory.instance.arrayNode();
        try (Bench bench = new Bench()) {
            bench.create(TOPIC, 1);
            try (StampedServices services = new StampedServices(bench, TOPIC);
                    SoakedAnalyzer all = new SoakedAnalyzer(bench, Scope.ALL, TOPIC);
                    SoakedAnalyzer key = new SoakedAnalyzer(bench, Scope.KEY, TOPIC)) {
                for (int slice = 0; slice < slices; slice++) {
                    measured.add(slice(services, List.of(all, key), slice % 2 == 0));
                    System.err.println("soak: slice " + (slice + 1) + " of " + slices + ": " + measured.get(slice));
                }
            }
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("endToBeginning", endToBeginning(measured));
        result.set("slices", measured);
        return result;
    }

    private ObjectNode slice(StampedServices services, List<SoakedAnalyzer> analyzers, boolean killed)
            throws Exception {
        long endNs = System.nanoTime() + SLICE.toNanos();
        for (SoakedAnalyzer analyzer : analyzers) {
            analyzer.end(killed);
        }
        for (int i = 0; i < BACKLOG; i++) {
            services.publish(Optional.empty());
        }
        long end = services.flush();
        for (SoakedAnalyzer analyzer : analyzers) {
            analyzer.catchUp(BACKLOG, end);
        }
        follow(services, analyzers, endNs);
        ObjectNode ended = JsonNodeFactory.instance.objectNode();
        ended.put("killed", killed).put("records", services.flush()).put("stampBytes", services.stampBytes());
        for (SoakedAnalyzer analyzer : analyzers) {
            ended.set(analyzer.scope(), analyzer.endSlice());
        }
        return ended;
    }

    /** A thread publishes, this one reads the conflict records. */
    private void follow(StampedServices services, List<SoakedAnalyzer> analyzers, long endNs) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread publisher = new Thread(() -> publish(services, done), "publisher");
        publisher.start();
        try {
            while (System.nanoTime() < endNs) {
                for (SoakedAnalyzer analyzer : analyzers) {
                    analyzer.read(acknowledgedNs);
                }
            }
        } finally {
            done.set(true);
            publisher.join();
            acknowledgedNs.clear();
        }
    }

    private void publish(StampedServices services, AtomicBoolean done) {
        long beganNs = System.nanoTime();
        long nextNs = beganNs;
        long nextLifeNs = beganNs;
        Consumer<String> acknowledged = dot -> acknowledgedNs.put(dot, System.nanoTime());
        while (!done.get()) {
            if (nextNs - nextLifeNs >= 0) {
                services.replaceOne();
                nextLifeNs += LIFE_ENDS_EVERY.toNanos();
            }
            boolean counts = nextNs - beganNs >= WARM_UP.toNanos();
            for (int i = 0; i < STEP_RECORDS; i++) {
                services.publish(counts ? Optional.of(acknowledged) : Optional.empty());
            }
            nextNs += STEP_NS;
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    /** The median of the last three slices, divided by that of the first three after the very first. */
    private static ObjectNode endToBeginning(ArrayNode slices) {
        ObjectNode ratios = JsonNodeFactory.instance.objectNode();
        for (String scope : List.of("all", "key")) {
            ObjectNode ofScope = ratios.putObject(scope);
            for (String figure : COMPARED) {
                double beginning = median(slices, scope, figure, 1);
                double end = median(slices, scope, figure, slices.size() - 3);
                ofScope.put(figure, Math.round(100 * end / beginning) / 100.0);
            }
        }
        return ratios;
    }

    private static double median(ArrayNode slices, String scope, String figure, int from) {
        List<Double> values = new ArrayList<>();
        for (int slice = from; slice < from + 3; slice++) {
            values.add(slices.get(slice).get(scope).get(figure).asDouble());
        }
        return values.stream().sorted().skip(1).findFirst().orElseThrow();
    }
}
