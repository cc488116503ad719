package io.antichain.node.request;

import io.antichain.schemas.Event;

/**
 * A message that is committed.
 *
 * @param event the message with its stamp
 * @param partition the partition of the events topic that holds it
 * @param offset its offset there
 */
public record Published(Event event, int partition, long offset) {}
