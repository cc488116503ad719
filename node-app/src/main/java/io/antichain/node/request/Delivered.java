package io.antichain.node.request;

import io.antichain.schemas.Event;

/**
 * A message that this node delivered, its own included.
 *
 * @param event the message with its stamp
 * @param partition the partition of the events topic that holds it
 * @param offset its offset there
 */
public record Delivered(Event event, int partition, long offset) {}
