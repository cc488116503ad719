package io.antichain.node.protocol;

/**
 * Where a record stands.
 *
 * @param partition the partition of the events topic
 * @param offset the offset there
 */
public record Place(int partition, long offset) {}
