package io.antichain.node.kafka;

import io.antichain.node.protocol.Effect;
import io.antichain.node.request.Delivered;
import io.antichain.schemas.Anomaly;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what came of the records that were read, and keeps the last messages to be looked at. For the writer thread. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final RecentMessages recent;
    private final NodeMetrics metrics;
    private final Set<Anomaly.Kind> logged = EnumSet.noneOf(Anomaly.Kind.class);

    Deliveries(RecentMessages recent, NodeMetrics metrics) {
        this.recent = recent;
        this.metrics = metrics;
    }

    void delivered(Effect.Delivered delivered) {
        metrics.delivered.increment();
        recent.add(new Delivered(
                delivered.event(),
                delivered.place().partition(),
                delivered.place().offset()));
    }

    void rejected(Effect.Rejected rejected) {
        metrics.rejected.increment();
        Anomaly.Kind kind = rejected.rejection().kind();
        if (logged.add(kind)) {
            LOG.atWarn()
                    .addKeyValue("kind", kind)
                    .addKeyValue("process", rejected.event().process())
                    .addKeyValue("counter", rejected.event().counter())
                    .addKeyValue("partition", rejected.place().partition())
                    .addKeyValue("offset", rejected.place().offset())
                    .log("Message rejected, no clock changed; further ones of this kind are only counted");
        }
    }

    void outOfOrder(Effect.OutOfOrder early) {
        metrics.outOfOrder.increment();
        LOG.atWarn()
                .addKeyValue("process", early.event().process())
                .addKeyValue("counter", early.event().counter())
                .addKeyValue("partition", early.place().partition())
                .addKeyValue("offset", early.place().offset())
                .log("Message delivered without waiting longer for a cause, which may be gone");
    }
}
