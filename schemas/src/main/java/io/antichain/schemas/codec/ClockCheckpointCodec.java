package io.antichain.schemas.codec;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.ClockCheckpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@link ClockCheckpoint} and its wire form, which names partitions in decimal text. */
final class ClockCheckpointCodec {
    private ClockCheckpointCodec() {}

    static io.antichain.wire.ClockCheckpoint toWire(ClockCheckpoint checkpoint) {
        Map<String, Long> positions = new TreeMap<>();
        checkpoint.positions().forEach((partition, offset) -> positions.put(Integer.toString(partition), offset));
        return new io.antichain.wire.ClockCheckpoint(
                checkpoint.process().name(),
                checkpoint.process().incarnation(),
                ClockEntries.toWire(checkpoint.clock()),
                checkpoint.lamport().value(),
                positions,
                checkpoint.joined(),
                checkpoint.eventsTopicId(),
                checkpoint.skipped());
    }

    static ClockCheckpoint fromWire(io.antichain.wire.ClockCheckpoint checkpoint) {
        Map<Integer, Long> positions = new HashMap<>();
        checkpoint
                .getPositions()
                .forEach((partition, offset) -> positions.put(partition(partition), Fields.offset("position", offset)));
        return new ClockCheckpoint(
                new ProcessId(checkpoint.getProcess(), checkpoint.getIncarnation()),
                ClockEntries.fromWire(checkpoint.getClock()),
                new LamportTimestamp(checkpoint.getLamport()),
                positions,
                checkpoint.getJoined(),
                checkpoint.getEventsTopicId(),
                Fields.offset("skipped", checkpoint.getSkipped()));
    }

    /** One text per partition, so that two entries never mean one. */
    private static int partition(String text) {
        try {
            int partition = Fields.partition(Integer.parseInt(text));
            if (Integer.toString(partition).equals(text)) {
                return partition;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, with the others that are not canonical.
        }
        throw new IllegalArgumentException("A position's partition is a number from 0, in decimal without leading"
                + " zeros: length=" + text.length() + "; the record's writer is broken");
    }
}
