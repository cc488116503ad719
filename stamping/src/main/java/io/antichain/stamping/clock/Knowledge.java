package io.antichain.stamping.clock;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.HashMap;
import java.util.Map;

/**
 * What one life of a process hands on to whoever goes on from its committed offsets.
 *
 * @param clock its vector clock, with entries that stamps leave out for as long as others may still have them in theirs
 * @param lamport its Lamport timestamp
 * @param raisedAtMs when each entry of the clock was raised last, ms since 1970 UTC; it decides only how long the entry is kept
 */
public record Knowledge(VectorClock clock, LamportTimestamp lamport, Map<ProcessId, Long> raisedAtMs) {
    public Knowledge {
        raisedAtMs = Map.copyOf(raisedAtMs);
    }

    /**
     * The same without the entries that were raised before, or of which that is not known.
     *
     * @param ms since 1970 UTC
     */
    public Knowledge raisedSince(long ms) {
        Map<ProcessId, Long> entries = new HashMap<>(clock.entries());
        entries.keySet().removeIf(process -> raisedAtMs.getOrDefault(process, Long.MIN_VALUE) < ms);
        return new Knowledge(VectorClock.of(entries), lamport, raisedAtMs);
    }
}
