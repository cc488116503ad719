package io.antichain.analyzer.reader;

import io.antichain.analyzer.order.LaneFigures.Presence;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.List;

/**
 * How one process stands.
 *
 * @param process whose state
 * @param presence whether anything is held back for it
 * @param clock all that its records knew
 * @param lamport its greatest timestamp
 * @param held how many of its events are in view
 * @param lastAtMs log time of its last record, ms since 1970 UTC
 * @param lanes how far it has come in each partition
 */
public record ProcessState(
        ProcessId process,
        Presence presence,
        VectorClock clock,
        LamportTimestamp lamport,
        int held,
        long lastAtMs,
        List<Lane> lanes) {
    /**
     * How far the process has come in one partition.
     *
     * @param topic an events topic
     * @param partition one of its partitions
     * @param offset of its last record there, heartbeats included
     * @param counter of that record
     */
    public record Lane(String topic, int partition, long offset, long counter) {}
}
