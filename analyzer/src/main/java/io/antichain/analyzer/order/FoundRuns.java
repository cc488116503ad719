package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Run;
import io.antichain.schemas.Runs;
import java.util.Arrays;
import java.util.List;

/** The runs found for the event that is being placed, laid flat; used again for the next. */
final class FoundRuns {
    private final SourcePartitions sources;
    private int size;
    private ProcessId[] processes = new ProcessId[8];
    private long[] numbers = new long[8 * Runs.WIDTH];
    /** Null unless a run has counters that are not consecutive. */
    private long[][] counters;

    /** @param sources what the partitions' numbers mean */
    FoundRuns(SourcePartitions sources) {
        this.sources = sources;
    }

    void clear() {
        size = 0;
        counters = null;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** @param listed the counters where they are not consecutive, else null */
    void add(
            ProcessId process,
            long firstCounter,
            long lastCounter,
            int firstPartition,
            long firstOffset,
            int lastPartition,
            long lastOffset,
            long length,
            long witness,
            long[] listed) {
        if (size == processes.length) {
            processes = Arrays.copyOf(processes, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        processes[size] = process;
        int at = size * Runs.WIDTH;
        numbers[at] = firstCounter;
        numbers[at + 1] = lastCounter;
        numbers[at + 2] = firstPartition;
        numbers[at + 3] = firstOffset;
        numbers[at + 4] = lastPartition;
        numbers[at + 5] = lastOffset;
        numbers[at + 6] = length;
        numbers[at + 7] = witness;
        if (listed != null) {
            counters = counters == null ? new long[size + 8][] : counters;
            counters = counters.length <= size ? Arrays.copyOf(counters, 2 * size) : counters;
            counters[size] = listed;
        }
        size++;
    }

    List<Run> take() {
        if (size == 0) {
            return List.of();
        }
        return new Runs(size, processes, numbers, counters, sources.named());
    }
}
