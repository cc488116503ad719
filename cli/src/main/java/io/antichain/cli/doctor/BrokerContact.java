package io.antichain.cli.doctor;

import java.util.Optional;

/**
 * How a broker was reached at the address that it tells its clients.
 *
 * @param address as in {@code kafka-1:9092}
 * @param failure why it was not; empty if it was
 * @param isRefusal whether it answered, and {@code failure} says in a sentence without its full stop what it refused
 */
public record BrokerContact(int id, String address, Optional<String> failure, boolean isRefusal) {}
