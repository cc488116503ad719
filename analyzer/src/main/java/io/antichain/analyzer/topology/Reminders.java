package io.antichain.analyzer.topology;

import io.antichain.clocks.ProcessId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each process without vector clocks was last reported: once a minute of log time is enough. Holds the latest
 * {@value #MOST} processes; one that was forgotten is reported again.
 */
final class Reminders {
    private static final int MOST = 1_000;
    private static final long REPEAT_AFTER_MS = 60_000;

    private final Map<ProcessId, Long> sinceMs = new LinkedHashMap<>();

    /** Whether the process is to be reported at this log time; then it counts as reported. */
    boolean isDue(ProcessId process, long timeMs) {
        Long before = sinceMs.get(process);
        if (before != null && timeMs - before < REPEAT_AFTER_MS) {
            return false;
        }
        note(process, timeMs);
        return true;
    }

    /** The process counts as reported. */
    void note(ProcessId process, long timeMs) {
        sinceMs.remove(process);
        sinceMs.put(process, timeMs);
        if (sinceMs.size() > MOST) {
            sinceMs.remove(sinceMs.keySet().iterator().next());
        }
    }

    /** Process and log time of the last report, the oldest first. */
    Map<ProcessId, Long> all() {
        return sinceMs;
    }
}
