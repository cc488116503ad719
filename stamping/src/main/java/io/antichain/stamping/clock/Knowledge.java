package io.antichain.stamping.clock;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Map;

/**
 * What one life of a process hands on to whoever goes on from its committed offsets.
 *
 * @param clock its vector clock, without entries that were not raised for long
 * @param lamport its Lamport timestamp
 * @param raisedAtMs when each entry of the clock was raised last, ms since 1970 UTC; it decides only how long the entry is kept
 */
public record Knowledge(VectorClock clock, LamportTimestamp lamport, Map<ProcessId, Long> raisedAtMs) {
    public Knowledge {
        raisedAtMs = Map.copyOf(raisedAtMs);
    }
}
