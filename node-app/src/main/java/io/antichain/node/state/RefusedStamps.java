package io.antichain.node.state;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest stamps that were refused because they ran too far ahead, one for each process name, of the latest 16 names. What
 * one of them claims is nothing; a second process that claims as much is a witness.
 */
record RefusedStamps(Map<String, Stamp> refused) {
    static final RefusedStamps NONE = new RefusedStamps(Map.of());
    private static final int MOST = 16;

    /** What a refused message carried. */
    record Stamp(VectorClock clock, LamportTimestamp lamport) {}

    /** With one more that was refused. */
    RefusedStamps with(Event event) {
        Map<String, Stamp> latest = new LinkedHashMap<>(refused);
        latest.remove(event.process().name());
        latest.put(event.process().name(), new Stamp(event.clock().orElse(VectorClock.empty()), event.lamport()));
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
        return new RefusedStamps(latest);
    }

    /** {@code heard}, with its entries raised to what others than {@code event}'s process claimed of them. */
    VectorClock raised(VectorClock heard, Event event) {
        Map<ProcessId, Long> entries = new HashMap<>();
        heard.forEach((process, counter) -> entries.put(process, counter));
        refused.forEach((name, stamp) -> {
            if (!name.equals(event.process().name())) {
                entries.replaceAll(
                        (process, counter) -> Math.max(counter, stamp.clock().get(process)));
            }
        });
        return VectorClock.of(entries);
    }

    /** The same of the Lamport timestamp. */
    LamportTimestamp raised(LamportTimestamp heard, Event event) {
        LamportTimestamp furthest = heard;
        for (Map.Entry<String, Stamp> stamp : refused.entrySet()) {
            if (!stamp.getKey().equals(event.process().name())) {
                furthest = furthest.deliver(stamp.getValue().lamport(), ReceiveRule.MERGE);
            }
        }
        return furthest;
    }
}
