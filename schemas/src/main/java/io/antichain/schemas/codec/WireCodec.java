package io.antichain.schemas.codec;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;

/** Translates between wire records and values. A wire record that is no value is refused with a {@code DecodingException}. */
public final class WireCodec {
    private WireCodec() {}

    public static io.antichain.wire.Event toWire(Event event) {
        throw new UnsupportedOperationException("stub");
    }

    public static Event fromWire(io.antichain.wire.Event event) {
        throw new UnsupportedOperationException("stub");
    }

    public static io.antichain.wire.ClockCheckpoint toWire(ClockCheckpoint checkpoint) {
        throw new UnsupportedOperationException("stub");
    }

    public static ClockCheckpoint fromWire(io.antichain.wire.ClockCheckpoint checkpoint) {
        throw new UnsupportedOperationException("stub");
    }

    public static io.antichain.wire.Conflict toWire(Conflict conflict) {
        throw new UnsupportedOperationException("stub");
    }

    public static Conflict fromWire(io.antichain.wire.Conflict conflict) {
        throw new UnsupportedOperationException("stub");
    }

    public static io.antichain.wire.Anomaly toWire(Anomaly anomaly) {
        throw new UnsupportedOperationException("stub");
    }

    public static Anomaly fromWire(io.antichain.wire.Anomaly anomaly) {
        throw new UnsupportedOperationException("stub");
    }
}
