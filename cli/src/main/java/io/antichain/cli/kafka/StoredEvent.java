package io.antichain.cli.kafka;

import io.antichain.analyzer.order.Traits;
import io.antichain.schemas.Event;
import java.util.Optional;

/**
 * A record of the events topic, and where it stands.
 *
 * @param event the event, or sign of life
 * @param partition its partition
 * @param offset its offset there
 * @param traits what conditions on pairs need to know of it; empty if there are none
 */
public record StoredEvent(Event event, int partition, long offset, Optional<Traits> traits) {}
