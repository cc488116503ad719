package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import java.time.Instant;

/** {@link EventRef} and its wire form. */
final class EventRefCodec {
    private EventRefCodec() {}

    static io.antichain.wire.EventRef toWire(EventRef event) {
        return new io.antichain.wire.EventRef(
                event.dot().process().toString(),
                event.dot().counter(),
                event.at().partition(),
                event.at().offset(),
                ClockEntries.toWire(event.clock()),
                event.lamport().value(),
                Instant.ofEpochMilli(event.publishedAtMs()),
                event.at().topic());
    }

    static EventRef fromWire(io.antichain.wire.EventRef event) {
        return new EventRef(
                new Dot(ProcessIds.parse(event.getProcess()), event.getCounter()),
                new Position(
                        event.getTopic() == null ? "" : event.getTopic(),
                        Fields.partition(event.getPartition()),
                        Fields.offset("offset", event.getOffset())),
                ClockEntries.fromWire(event.getClock()),
                new LamportTimestamp(event.getLamport()),
                event.getPublishedAt().toEpochMilli());
    }
}
