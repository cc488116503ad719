package io.antichain.schemas;

/**
 * A partition that events stand in.
 *
 * @param topic its topic
 * @param partition its number there
 */
public record SourcePartition(String topic, int partition) {
    /** The position with this offset. */
    public Position at(long offset) {
        return new Position(topic, partition, offset);
    }
}
