package io.antichain.analyzer.topology;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What the analyzer counts while it runs, as metrics. Counted when processed, so a repeated attempt counts again. */
final class Tally {
    private final MeterRegistry meters;
    private final Counter events;
    private final Counter conflicts;
    private final Counter pairs;
    private final AtomicLong offset = new AtomicLong(-1);

    Tally(MeterRegistry meters) {
        this.meters = meters;
        this.events = Counter.builder("antichain.analyzer.events")
                .description("Events placed in the order")
                .register(meters);
        this.conflicts = Counter.builder("antichain.analyzer.conflicts")
                .description("Conflict records written")
                .register(meters);
        this.pairs = Counter.builder("antichain.analyzer.pairs")
                .description("Concurrent pairs reported")
                .register(meters);
        Gauge.builder("antichain.analyzer.offset", offset, AtomicLong::get)
                .description("Offset of the last record read from the events topic, -1 before the first")
                .register(meters);
    }

    void event() {
        events.increment();
    }

    void conflict(Conflict conflict) {
        conflicts.increment();
        pairs.increment(conflict.pairs());
    }

    void anomaly(Anomaly.Kind kind) {
        meters.counter("antichain.analyzer.anomalies", "kind", kind.name()).increment();
    }

    void deadLetter(String reason) {
        meters.counter("antichain.analyzer.dead.letters", "reason", reason).increment();
    }

    void read(long recordOffset) {
        offset.set(recordOffset);
    }
}
