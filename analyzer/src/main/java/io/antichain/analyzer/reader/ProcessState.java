package io.antichain.analyzer.reader;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;

/**
 * How one process stands of which events are in view.
 *
 * @param process whose state
 * @param events how many of its events are in view, at least 1
 * @param first the least counter in view
 * @param last the greatest counter in view
 * @param clock the clock of its last event
 * @param lamport the timestamp of its last event
 * @param lastAtMs log time of its last event, ms since 1970 UTC
 */
public record ProcessState(
        ProcessId process,
        int events,
        long first,
        long last,
        VectorClock clock,
        LamportTimestamp lamport,
        long lastAtMs) {
    /** Whether its last event knew no event of another process: all that did not read it is concurrent with it. */
    public boolean readsNothing() {
        return clock.size() <= 1;
    }
}
