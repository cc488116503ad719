package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events stand in conflict records: per process intervals of counters, so that a long run takes no more than a short
 * one, and a record may come before its events.
 */
final class ConflictMarks {
    /** Per process the last counter of each interval by its first. Invariant: no two intervals touch. */
    private final Map<ProcessId, TreeMap<Long, Long>> marked = new HashMap<>();

    void recorded(Conflict conflict) {
        if (conflict.runs().isEmpty()) {
            return;
        }
        Dot dot = conflict.event().dot();
        mark(dot.process(), dot.counter(), dot.counter());
        for (Run run : conflict.runs()) {
            if (run.counters().isEmpty()) {
                mark(run.process(), run.firstCounter(), run.lastCounter());
            } else {
                run.counters().forEach(counter -> mark(run.process(), counter, counter));
            }
        }
    }

    private void mark(ProcessId process, long first, long last) {
        TreeMap<Long, Long> intervals = marked.computeIfAbsent(process, unmarked -> new TreeMap<>());
        long from = first;
        long to = last;
        for (Map.Entry<Long, Long> other = intervals.floorEntry(to + 1);
                other != null && other.getValue() >= from - 1;
                other = intervals.floorEntry(to + 1)) {
            intervals.remove(other.getKey());
            from = Math.min(from, other.getKey());
            to = Math.max(to, other.getValue());
        }
        intervals.put(from, to);
    }

    boolean has(Dot dot) {
        TreeMap<Long, Long> intervals = marked.get(dot.process());
        Map.Entry<Long, Long> interval = intervals == null ? null : intervals.floorEntry(dot.counter());
        return interval != null && interval.getValue() >= dot.counter();
    }

    /** Events of the process with a lesser counter are not asked about any more. */
    void forgetBefore(ProcessId process, long counter) {
        TreeMap<Long, Long> intervals = marked.get(process);
        while (intervals != null
                && !intervals.isEmpty()
                && intervals.firstEntry().getValue() < counter) {
            intervals.pollFirstEntry();
        }
    }

    /** Of the process nothing is asked any more. */
    void forget(ProcessId process) {
        marked.remove(process);
    }
}
