package io.antichain.analyzer.topology;

import io.antichain.analyzer.order.LaneFigures;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.registry.DecodingException.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What the analyzer counts while it runs, as metrics; docs/metrics.md lists them. Counted when processed, so what is done
 * again after a failure counts again: the topics are exact, these are not.
 */
final class Tally {
    private static final String PREFIX = "antichain.analyzer.";

    private final MeterRegistry meters;
    private final Counter events;
    private final Counter conflicts;
    private final Counter resolved;
    private final Counter incomplete;
    private final Counter pairs;
    private final Counter runs;
    private final Timer latency;
    private final Map<TopicPartition, AtomicLong> offsets = new ConcurrentHashMap<>();
    private final Map<Integer, List<LaneFigures>> lanes = new ConcurrentHashMap<>();
    private final Map<Integer, Long> openKeys = new ConcurrentHashMap<>();
    private final MultiGauge windowGauge;
    private final MultiGauge stableGauge;
    private final MultiGauge keysGauge;

    Tally(MeterRegistry meters) {
        this.meters = meters;
        this.events = counter("events", "Events placed in the order");
        this.conflicts = counter("conflicts", "Conflict records with status CONCURRENT");
        this.resolved = counter("resolved", "Conflict records with status RESOLVED");
        this.incomplete = counter("incomplete", "Conflict records that say of themselves that something was gone");
        this.pairs = counter("pairs", "Concurrent pairs reported");
        this.runs = counter("runs", "Runs reported");
        this.latency = Timer.builder(PREFIX + "latency")
                .description(
                        "From the log time of a record to the moment its conflict record was handed to the producer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(meters);
        this.windowGauge = gauge("window", "Unstable events held of a process in a partition");
        this.stableGauge = gauge("stable", "Counter up to which a process's events are stable and dropped");
        this.keysGauge = gauge("keys", "Keys with unstable events or more than one sibling, by partition");
        // Also what has not happened yet: an increase from nothing to 1 would be none.
        for (Anomaly.Kind kind : Anomaly.Kind.values()) {
            anomalies(kind);
        }
        deadLetters(EventDecoder.NO_VALUE);
        for (Failure failure : Failure.values()) {
            deadLetters(failure.name());
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(meters);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(PREFIX + name).description(description).register(meters);
    }

    void event() {
        events.increment();
    }

    void conflict(Conflict conflict, long timestampMs) {
        (conflict.status() == Conflict.Status.RESOLVED ? resolved : conflicts).increment();
        if (!conflict.complete()) {
            incomplete.increment();
        }
        runs.increment(conflict.runs().size());
        pairs.increment(conflict.pairs());
        latency.record(Math.max(0, System.currentTimeMillis() - timestampMs), TimeUnit.MILLISECONDS);
    }

    void anomaly(Anomaly.Kind kind) {
        anomalies(kind).increment();
    }

    private Counter anomalies(Anomaly.Kind kind) {
        return Counter.builder(PREFIX + "anomalies")
                .description("Records that cannot be, and what an operator should know")
                .tag("kind", kind.name())
                .register(meters);
    }

    void deadLetter(String reason) {
        deadLetters(reason).increment();
    }

    private Counter deadLetters(String reason) {
        return Counter.builder(PREFIX + "dead.letters")
                .description("Records that could not be decoded")
                .tag("reason", reason)
                .register(meters);
    }

    /** Where the task that reads a partition puts the offset of the last record read. */
    AtomicLong offset(TopicPartition partition) {
        return offsets.computeIfAbsent(partition, this::offsetGauge);
    }

    private AtomicLong offsetGauge(TopicPartition partition) {
        AtomicLong offset = new AtomicLong(-1);
        meters.gauge(PREFIX + "offset", tags(partition), offset);
        return offset;
    }

    static Tags tags(TopicPartition partition) {
        return Tags.of("topic", partition.topic(), "partition", Integer.toString(partition.partition()));
    }

    /** What the engine of a partition holds now; called by the thread that runs it. */
    void engine(int partition, OrderEngine engine) {
        lanes.put(partition, engine.lanes());
        openKeys.put(partition, (long) engine.keys());
        publish();
    }

    /** The partition is not read here any more. */
    void forget(int partition) {
        lanes.remove(partition);
        openKeys.remove(partition);
        publish();
    }

    private synchronized void publish() {
        List<MultiGauge.Row<?>> windows = new ArrayList<>();
        List<MultiGauge.Row<?>> stables = new ArrayList<>();
        lanes.values()
                .forEach(figures -> figures.forEach(lane -> {
                    Tags tags = Tags.of("process", lane.process().toString(), "partition", "" + lane.partition());
                    windows.add(MultiGauge.Row.of(tags, lane.unstable()));
                    stables.add(MultiGauge.Row.of(tags, lane.stable()));
                }));
        windowGauge.register(windows, true);
        stableGauge.register(stables, true);
        List<MultiGauge.Row<?>> keys = new ArrayList<>();
        openKeys.forEach(
                (partition, count) -> keys.add(MultiGauge.Row.of(Tags.of("partition", "" + partition), count)));
        keysGauge.register(keys, true);
    }
}
