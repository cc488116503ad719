package io.antichain.cli.kafka;

import io.antichain.schemas.Event;

/**
 * A record of the events topic, and where it stands.
 *
 * @param event the event, or sign of life
 * @param partition its partition
 * @param offset its offset there
 */
public record StoredEvent(Event event, int partition, long offset) {}
