package io.antichain.schemas.codec;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.Event;
import io.antichain.wire.EventKind;
import java.time.Instant;
import java.util.Optional;

/** {@link Event} and its wire form. */
final class EventCodec {
    private EventCodec() {}

    static io.antichain.wire.Event toWire(Event event) {
        return new io.antichain.wire.Event(
                event.process().toString(),
                event.counter(),
                event.clock().map(ClockEntries::toWire).orElse(null),
                event.lamport().value(),
                event.key().orElse(null),
                event.payload(),
                Instant.ofEpochMilli(event.publishedAtMs()),
                switch (event.kind()) {
                    case MESSAGE -> EventKind.MESSAGE;
                    case HEARTBEAT -> EventKind.HEARTBEAT;
                    case LEAVE -> EventKind.LEAVE;
                });
    }

    static Event fromWire(io.antichain.wire.Event event) {
        return new Event(
                ProcessIds.parse(event.getProcess()),
                event.getCounter(),
                Optional.ofNullable(event.getClock()).map(ClockEntries::fromWire),
                new LamportTimestamp(event.getLamport()),
                Optional.ofNullable(event.getKey()),
                event.getPayload(),
                event.getPublishedAt().toEpochMilli(),
                kind(event.getKind()));
    }

    private static Event.Kind kind(EventKind kind) {
        return switch (kind) {
            case MESSAGE -> Event.Kind.MESSAGE;
            case HEARTBEAT -> Event.Kind.HEARTBEAT;
            case LEAVE -> Event.Kind.LEAVE;
            case UNKNOWN -> throw Fields.unknownSymbol("kind");
        };
    }
}
