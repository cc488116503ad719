package io.antichain.cli.verify;

import io.antichain.schemas.Position;

/** A partition of a topic: its rows, and what is known of its offsets. */
final class ReadPartition {
    final String topic;
    final int partition;
    final long oldest;
    long last = -1;
    int firstRow;
    int endRow;

    ReadPartition(String topic, int partition, long oldest) {
        this.topic = topic;
        this.partition = partition;
        this.oldest = oldest;
    }

    /** Records of earlier versions name no topic. */
    boolean holds(Position at) {
        return partition == at.partition()
                && (at.topic().isEmpty() || at.topic().equals(topic));
    }
}
