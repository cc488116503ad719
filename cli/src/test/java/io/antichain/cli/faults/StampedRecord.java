package io.antichain.cli.faults;

import io.antichain.clocks.Stamp;
import java.util.Optional;

/**
 * A record of a service as it stands in the log, committed.
 *
 * @param value which no other record has
 * @param key its key
 * @param place its partition and offset, {@code orders-0@15}
 * @param partition {@code orders-0}
 * @param offset its offset there
 * @param stamp what its header says; empty where it has none
 */
record StampedRecord(String value, String key, String place, String partition, long offset, Optional<Stamp> stamp) {}
