package io.antichain.schemas;

import io.antichain.clocks.ProcessId;

/**
 * Events of one lane (one process in one partition) between two offsets, all concurrent with a conflict's event.
 *
 * @param process whose events
 * @param partition the partition that holds them
 * @param firstCounter counter of the first
 * @param lastCounter counter of the last
 * @param firstOffset offset of the first
 * @param lastOffset offset of the last
 * @param length how many there are: a count, not last − first + 1
 * @param witness the last event's clock entry for the conflicting event's process; below that event's counter, so none of
 *     the run knew that event
 */
public record Run(
        ProcessId process,
        int partition,
        long firstCounter,
        long lastCounter,
        long firstOffset,
        long lastOffset,
        long length,
        long witness) {}
