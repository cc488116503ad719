package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.Optional;

/** Messages made by hand. */
final class Messages {
    private Messages() {}

    static Event message(String written, String clock) {
        return message(written, clock, null, "");
    }

    /** @param key null for none */
    static Event message(String written, String clock, String key, String payload) {
        Dot dot = Dot.parse(written);
        return new Event(
                dot.process(),
                dot.counter(),
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(dot.counter()),
                Optional.ofNullable(key),
                payload,
                0,
                Event.Kind.MESSAGE);
    }
}
