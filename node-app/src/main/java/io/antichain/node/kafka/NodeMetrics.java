package io.antichain.node.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What a node counts and times. */
final class NodeMetrics {
    private final MeterRegistry registry;
    private final Tags tags;
    final Counter published;
    final Counter delivered;
    final Counter rejected;
    final Counter undecodable;
    final Counter outOfOrder;
    final Counter aborted;
    final Timer transaction;

    NodeMetrics(MeterRegistry registry, String process) {
        this.registry = registry;
        this.tags = Tags.of("process", process);
        this.published = counter("antichain.node.published", "Messages committed");
        this.delivered = counter("antichain.node.delivered", "Messages delivered, own ones included");
        this.rejected = counter("antichain.node.rejected", "Messages that the gateway did not believe");
        this.undecodable = counter("antichain.node.undecodable", "Records that could not be decoded and were skipped");
        this.outOfOrder =
                counter("antichain.node.out.of.order", "Messages delivered without waiting longer for a cause");
        this.aborted = counter("antichain.node.aborted", "Transactions that failed or whose outcome is not known");
        this.transaction = Timer.builder("antichain.node.transaction")
                .description("From the begin to the commit of a transaction")
                .tags(tags)
                .register(registry);
    }

    void gaugeQueue(Supplier<Number> waiting) {
        Gauge.builder("antichain.node.queue", waiting)
                .description("Messages that wait to be published")
                .tags(tags)
                .register(registry);
    }

    void gaugeHeld(Supplier<Number> held) {
        Gauge.builder("antichain.node.held", held)
                .description("Messages that wait for their causes to be delivered")
                .tags(tags)
                .register(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    Tags tags() {
        return tags;
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
