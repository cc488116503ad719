package io.antichain.benchmarks.engine;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.Optional;

/** An endless log of one partition. */
interface EndlessLog {
    /** The next event, in the order of the log. */
    Event next();

    /** The name of the i-th process. */
    static ProcessId process(int i) {
        return ProcessId.of("node-%03d".formatted(i));
    }

    /** A message without a key. */
    static Event message(ProcessId process, VectorClock clock, long counter) {
        return new Event(
                process,
                counter,
                Optional.of(clock),
                new LamportTimestamp(counter),
                Optional.empty(),
                "a message",
                0,
                Kind.MESSAGE);
    }
}
