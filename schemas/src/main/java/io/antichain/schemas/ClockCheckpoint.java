package io.antichain.schemas;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Map;

/**
 * What a node knew when it committed a transaction. Written in that transaction, read when the node starts again.
 *
 * @param process who, with the incarnation
 * @param clock everything published and delivered so far
 * @param lamport the Lamport timestamp at the same moment
 * @param positions per partition of the events topic, the offset of the next record to deliver
 * @param joined whether this life delivered everything that was committed before its start, and did not stop in order since
 * @param eventsTopicId the id of the events topic that the positions are of; empty in old checkpoints
 * @param skipped how many offsets of it were never read because retention had deleted them, 0 or more
 */
public record ClockCheckpoint(
        ProcessId process,
        VectorClock clock,
        LamportTimestamp lamport,
        Map<Integer, Long> positions,
        boolean joined,
        String eventsTopicId,
        long skipped) {
    public ClockCheckpoint {
        positions = Map.copyOf(positions);
    }
}
