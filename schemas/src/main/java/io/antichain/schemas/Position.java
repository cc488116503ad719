package io.antichain.schemas;

/**
 * Where a record stands.
 *
 * @param topic the topic; empty in what versions before 0.2 wrote of an event, which named none
 * @param partition one of its partitions
 * @param offset its offset there
 */
public record Position(String topic, int partition, long offset) {}
