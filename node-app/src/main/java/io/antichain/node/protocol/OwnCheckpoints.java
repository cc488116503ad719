package io.antichain.node.protocol;

import io.antichain.schemas.ClockCheckpoint;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the clocks topic holds of a process name, told in the order of each partition. The newest record counts: one that cannot
 * be read makes the older ones worthless, since a node that believed them would use dots again. A tombstone ends what was
 * before it. Where the topic grew partitions and the key moved, the checkpoints' own order tells which is newer.
 */
public final class OwnCheckpoints {
    private static final Comparator<ClockCheckpoint> BY_LIFE_AND_COUNTER = Comparator.comparing(
                    ClockCheckpoint::process)
            .thenComparing(checkpoint -> checkpoint.clock().get(checkpoint.process()));

    private final Map<Integer, String> unreadable = new TreeMap<>();
    private Optional<ClockCheckpoint> newest = Optional.empty();

    /** A checkpoint. */
    public void read(int partition, ClockCheckpoint checkpoint) {
        unreadable.remove(partition);
        if (newest.isEmpty() || BY_LIFE_AND_COUNTER.compare(checkpoint, newest.get()) >= 0) {
            newest = Optional.of(checkpoint);
        }
    }

    /** The name's past was deleted on purpose. */
    public void tombstone(int partition) {
        unreadable.remove(partition);
        newest = Optional.empty();
    }

    /** A record that cannot be decoded. */
    public void unreadable(int partition, long offset, String why) {
        unreadable.put(
                partition,
                "The newest checkpoint of this process cannot be read: partition=" + partition + ", offset=" + offset
                        + ", reason=" + why);
    }

    /** The newest checkpoint, if there is one. */
    public Optional<ClockCheckpoint> newest() {
        return newest;
    }

    /** Why that may not be believed, in a sentence without its advice, if it may not. */
    public Optional<String> doubt() {
        return unreadable.values().stream().findFirst();
    }
}
