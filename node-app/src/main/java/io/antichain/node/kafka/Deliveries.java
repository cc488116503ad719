package io.antichain.node.kafka;

import io.antichain.node.kafka.Input.Read;
import io.antichain.node.request.Delivered;
import io.antichain.node.state.Delivery;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges what was read, counts it, and keeps the last messages to be looked at. For the writer thread. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final RecentMessages recent;
    private final NodeMetrics metrics;
    private final Set<Anomaly.Kind> logged = EnumSet.noneOf(Anomaly.Kind.class);

    Deliveries(RecentMessages recent, NodeMetrics metrics) {
        this.recent = recent;
        this.metrics = metrics;
    }

    /** The state after {@code read}. */
    NodeState deliver(NodeState state, Read read) {
        if (read.event().isEmpty()) {
            return state.skip(read.partition(), read.offset());
        }
        Event event = read.event().get();
        Delivery delivery = state.deliver(event, read.partition(), read.offset());
        switch (delivery.outcome()) {
            case DELIVERED -> {
                metrics.delivered.increment();
                recent.add(new Delivered(event, read.partition(), read.offset()));
            }
            case REJECTED -> {
                metrics.rejected.increment();
                log(delivery.rejection().orElseThrow().kind(), event, read);
            }
            case NO_EVENT, PASSED -> {}
        }
        return delivery.next();
    }

    private void log(Anomaly.Kind kind, Event event, Read read) {
        if (logged.add(kind)) {
            LOG.atWarn()
                    .addKeyValue("kind", kind)
                    .addKeyValue("process", event.process())
                    .addKeyValue("counter", event.counter())
                    .addKeyValue("partition", read.partition())
                    .addKeyValue("offset", read.offset())
                    .log("Message rejected, no clock changed; further ones of this kind are only counted");
        }
    }
}
