package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import java.util.List;

/** {@link Run} and its wire form. */
final class RunCodec {
    private RunCodec() {}

    /** @param topic that of the conflict's event, which is not named again */
    static io.antichain.wire.Run toWire(Run run, String topic) {
        Position first = run.first();
        Position last = run.last();
        return new io.antichain.wire.Run(
                run.process().toString(),
                first.partition(),
                run.firstCounter(),
                run.lastCounter(),
                first.offset(),
                last.offset(),
                run.length(),
                run.witness(),
                last.partition() == first.partition() ? null : last.partition(),
                run.counters(),
                first.topic().equals(topic) ? null : first.topic(),
                last.topic().equals(first.topic()) ? null : last.topic());
    }

    /** @param topic that of the conflict's event */
    static Run fromWire(io.antichain.wire.Run run, String topic) {
        long first = Fields.between("firstCounter", run.getFirstCounter(), 1, Dot.MAX_COUNTER);
        long last = Fields.between("lastCounter", run.getLastCounter(), first, Dot.MAX_COUNTER);
        int firstPartition = Fields.partition(run.getPartition());
        String firstTopic = run.getTopic() == null ? topic : run.getTopic();
        long length = Fields.between("length", run.getLength(), 1, last - first + 1);
        return new Run(
                ProcessIds.parse(run.getProcess()),
                first,
                last,
                new Position(firstTopic, firstPartition, Fields.offset("firstOffset", run.getFirstOffset())),
                new Position(
                        run.getLastTopic() == null ? firstTopic : run.getLastTopic(),
                        run.getLastPartition() == null ? firstPartition : Fields.partition(run.getLastPartition()),
                        Fields.offset("lastOffset", run.getLastOffset())),
                length,
                Fields.between("witness", run.getWitness(), 0, Dot.MAX_COUNTER),
                counters(run.getCounters(), first, last, length));
    }

    private static List<Long> counters(List<Long> counters, long first, long last, long length) {
        if (counters.isEmpty()) {
            return counters;
        }
        boolean rising = counters.get(0) == first && counters.get(counters.size() - 1) == last;
        for (int i = 1; i < counters.size(); i++) {
            rising &= counters.get(i - 1) < counters.get(i);
        }
        if (!rising || counters.size() != length) {
            throw new IllegalArgumentException("A run's counters do not fit it: first=" + first + ", last=" + last
                    + ", length=" + length + ", listed=" + counters.size()
                    + "; they are listed from the first to the last, rising; the record's writer is broken");
        }
        return counters;
    }
}
