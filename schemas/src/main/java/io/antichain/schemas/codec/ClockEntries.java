package io.antichain.schemas.codec;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A vector clock as a map from written process to counter. Zero entries are read, never written. */
final class ClockEntries {
    private ClockEntries() {}

    static Map<String, Long> toWire(VectorClock clock) {
        Map<String, Long> entries = new LinkedHashMap<>(2 * clock.size());
        clock.forEach((process, counter) -> entries.put(process.toString(), counter));
        return entries;
    }

    static VectorClock fromWire(Map<String, Long> entries) {
        ProcessId[] processes = new ProcessId[entries.size()];
        long[] counters = new long[processes.length];
        int size = 0;
        for (Map.Entry<String, Long> entry : entries.entrySet()) {
            processes[size] = ProcessIds.parse(entry.getKey());
            counters[size++] = entry.getValue();
        }
        return VectorClock.of(processes, counters);
    }
}
