package io.antichain.node.state;

import java.util.Map;

/**
 * The events topic at one moment.
 *
 * @param topicId its id: a topic that was deleted and made anew has another
 * @param starts per partition, the first offset that retention has left
 * @param ends per partition, the high watermark: everything committed by now stands before it
 */
public record EventsLog(String topicId, Map<Integer, Long> starts, Map<Integer, Long> ends) {
    public EventsLog {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
    }

    /** How many partitions it has. */
    public int partitions() {
        return ends.size();
    }
}
