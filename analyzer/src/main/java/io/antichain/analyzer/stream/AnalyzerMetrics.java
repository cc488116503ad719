package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.log.SourceFigures;
import io.antichain.analyzer.order.EngineFigures;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What the analyzer counts while it runs, as metrics; docs/metrics.md lists them. Counted when processed, so what is done
 * again after a failure counts again: the topics are exact, these are not.
 */
final class AnalyzerMetrics {
    private static final String PREFIX = "antichain.analyzer.";

    /** What is counted of a topic. */
    private record Source(Counter stamped, Counter unstamped) {}

    private final MeterRegistry meters;
    private final Counter events;
    private final Counter conflicts;
    private final Counter resolved;
    private final Counter incomplete;
    private final Counter unrecorded;
    private final Counter pairs;
    private final Counter runs;
    private final Timer latency;
    private final Map<Anomaly.Kind, Counter> anomalies = new EnumMap<>(Anomaly.Kind.class);
    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    private final Map<TopicPartition, AtomicLong> offsets = new ConcurrentHashMap<>();
    /** By partition of the tasks that run here; what a task that has ended held is no more. */
    private final SortedMap<Integer, EngineFigures> engines = new ConcurrentSkipListMap<>();

    AnalyzerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.events = counter("events", "Events placed in the order");
        this.conflicts = counter("conflicts", "Conflict records with status CONCURRENT");
        this.resolved = counter("resolved", "Conflict records with status RESOLVED");
        this.incomplete = counter("incomplete", "Conflict records that may lack events which have left the window");
        this.unrecorded = counter(
                "incomplete.without.record",
                "Events without a record that may be concurrent with events which have left the window");
        this.pairs = counter("pairs", "Concurrent pairs reported");
        this.runs = counter("runs", "Runs reported");
        this.latency = Timer.builder(PREFIX + "latency")
                .description(
                        "From the log time of a record to the moment its conflict record was handed to the producer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(meters);
        gauge("window.events", "Events held, over all partitions read here", EngineFigures::held);
        gauge("window.bytes", "Memory that the events held take", EngineFigures::heldBytes);
        gauge("processes", "Processes known, summed over the partitions read here", EngineFigures::processes);
        gauge("keys", "Keys that have events in the window", EngineFigures::keys);
        gauge("keys.remembered", "Keys of which siblings are remembered", EngineFigures::rememberedKeys);
        gauge(
                "keys.remembered.bytes",
                "Memory that the siblings remembered beyond the window take",
                EngineFigures::rememberedBytes);
        FunctionCounter.builder(PREFIX + "keys.forgotten", engines, all -> sum(all, EngineFigures::forgottenKeys))
                .description("Keys whose siblings were forgotten for want of memory")
                .register(meters);
        Gauge.builder(PREFIX + "window.began", engines, AnalyzerMetrics::beganSeconds)
                .description(
                        "Log time of the oldest event held, of the partition where that is newest; seconds since 1970")
                .register(meters);
        // Also what has not happened yet: an increase from nothing to 1 would be none.
        for (Anomaly.Kind kind : Anomaly.Kind.values()) {
            anomalies.put(kind, anomalies(kind));
        }
        deadLetters(EventDecoder.NO_VALUE);
        for (Failure failure : Failure.values()) {
            deadLetters(failure.name());
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(meters);
    }

    private void gauge(String name, String description, ToDoubleFunction<EngineFigures> figure) {
        Gauge.builder(PREFIX + name, engines, all -> sum(all, figure))
                .description(description)
                .register(meters);
    }

    private static double sum(Map<Integer, EngineFigures> engines, ToDoubleFunction<EngineFigures> figure) {
        return engines.values().stream().mapToDouble(figure).sum();
    }

    private static double beganSeconds(Map<Integer, EngineFigures> engines) {
        return engines.values().stream()
                        .mapToLong(figures -> figures.windowBeganMs().orElse(0))
                        .max()
                        .orElse(0)
                / 1_000.0;
    }

    /** Records were read. */
    void read(String topic, long stamped, long unstamped) {
        Source source = sources.computeIfAbsent(topic, this::source);
        source.stamped().increment(stamped);
        source.unstamped().increment(unstamped);
    }

    private Source source(String topic) {
        return new Source(records(topic, true), records(topic, false));
    }

    private Counter records(String topic, boolean isStamped) {
        return Counter.builder(PREFIX + "records")
                .description("Records read, by whether they carry a stamp")
                .tags("topic", topic, "stamped", Boolean.toString(isStamped))
                .register(meters);
    }

    /** By topic. */
    SortedMap<String, SourceFigures> sources() {
        SortedMap<String, SourceFigures> figures = new TreeMap<>();
        sources.forEach((topic, source) ->
                figures.put(topic, new SourceFigures((long) source.stamped().count(), (long)
                        source.unstamped().count())));
        return figures;
    }

    /** Events got no record. */
    void ordered(long complete, long incomplete) {
        events.increment(complete + incomplete);
        unrecorded.increment(incomplete);
    }

    /** An event got a record. */
    void conflict(Conflict conflict, long timestampMs) {
        events.increment();
        (conflict.status() == Conflict.Status.RESOLVED ? resolved : conflicts).increment();
        if (!conflict.complete()) {
            incomplete.increment();
        }
        runs.increment(conflict.runs().size());
        pairs.increment(conflict.pairs());
        latency.record(Math.max(0, System.currentTimeMillis() - timestampMs), TimeUnit.MILLISECONDS);
    }

    void anomaly(Anomaly.Kind kind) {
        anomalies.get(kind).increment();
    }

    private Counter anomalies(Anomaly.Kind kind) {
        return Counter.builder(PREFIX + "anomalies")
                .description("Records that cannot be, and what an operator should know; not all of them are written")
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

    /** How the engine of a partition stands; told by the thread that runs it. */
    void engine(int partition, EngineFigures figures) {
        engines.put(partition, figures);
    }

    /** The partition is not read here any more. */
    void forget(int partition) {
        engines.remove(partition);
    }

    /** How the engines stand that run here, by partition. */
    SortedMap<Integer, EngineFigures> engines() {
        return new TreeMap<>(engines);
    }
}
