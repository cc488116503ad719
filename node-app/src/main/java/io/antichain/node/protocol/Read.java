package io.antichain.node.protocol;

import io.antichain.schemas.Event;
import java.util.Optional;

/**
 * A committed record of the events topic, handed over in its partition's order.
 *
 * @param event what it holds; empty if it could not be decoded
 * @param partition its partition
 * @param offset its offset there
 */
public record Read(Optional<Event> event, int partition, long offset) {}
