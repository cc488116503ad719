package io.antichain.schemas;

import io.antichain.clocks.ProcessId;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Events of one process, all of them concurrent with a conflict's event: an interval of the process's counters.
 *
 * @param process whose events
 * @param firstCounter counter of the first
 * @param lastCounter counter of the last
 * @param first where the first stands
 * @param last where the last stands
 * @param length how many there are
 * @param witness the last event's clock entry for the conflicting event's process; below that event's counter, so none of
 *     the run knew that event
 * @param counters scope key: the counter of each, rising, where they are not consecutive; else empty
 */
public record Run(
        ProcessId process,
        long firstCounter,
        long lastCounter,
        Position first,
        Position last,
        long length,
        long witness,
        List<Long> counters) {
    public Run {
        counters = List.copyOf(counters);
    }

    /** The counter of each event of the run, rising. */
    public LongStream eachCounter() {
        return counters.isEmpty()
                ? LongStream.rangeClosed(firstCounter, lastCounter)
                : counters.stream().mapToLong(Long::longValue);
    }
}
