package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the processes 0, 1, 2, … in the order in which they are first named, so that clocks can be arrays. */
final class ProcessTable {
    private final Map<ProcessId, Integer> indexes = new HashMap<>();
    private final List<ProcessId> processes = new ArrayList<>();
    private long[] dense = new long[8];

    int size() {
        return processes.size();
    }

    ProcessId process(int index) {
        return processes.get(index);
    }

    int indexOf(ProcessId process) {
        Integer index = indexes.get(process);
        if (index == null) {
            index = processes.size();
            indexes.put(process, index);
            processes.add(process);
            if (processes.size() > dense.length) {
                dense = Arrays.copyOf(dense, 2 * dense.length);
            }
        }
        return index;
    }

    /** The clock by process number, at least {@link #size()} long. The array is reused by the next call. */
    long[] dense(VectorClock clock) {
        clock.forEach((process, counter) -> indexOf(process));
        Arrays.fill(dense, 0);
        clock.forEach((process, counter) -> dense[indexOf(process)] = counter);
        return dense;
    }
}
