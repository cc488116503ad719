package io.antichain.schemas;

/**
 * Where a record stands.
 *
 * @param topic the topic
 * @param partition one of its partitions
 * @param offset its offset there
 */
public record Position(String topic, int partition, long offset) {}
