package io.antichain.stamping.simulation;

import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampEncoder;
import io.antichain.clocks.StampHeader;
import io.antichain.stamping.clock.HeaderForm;
import java.util.ArrayList;
import java.util.List;

/** The partitions, each a topic's. */
final class Log {
    /**
     * A record in the log.
     *
     * @param index the event's number in the execution
     * @param stamp as whoever reads the record finds it
     * @param order how many records had landed before
     */
    record Landed(int index, Stamp stamp, int partition, long offset, long step, int order) {}

    private final List<List<Landed>> partitions = new ArrayList<>();
    private final int topics;
    private final StampEncoder encoder = new StampEncoder(); // of all processes: it finds out whose a stamp is
    private int landed;

    Log(int partitions, int topics) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
        this.topics = topics;
    }

    void land(Instance.Pending record, int partition, long step, boolean isBase64) {
        List<Landed> there = partitions.get(partition);
        byte[] header = new HeaderForm(isBase64, 16_384).write(encoder, record.stamp());
        there.add(new Landed(record.index(), StampHeader.read(header), partition, there.size(), step, landed++));
    }

    List<Landed> of(int partition) {
        return partitions.get(partition);
    }

    int topicOf(int partition) {
        return partition % topics;
    }

    int size() {
        return partitions.size();
    }
}
