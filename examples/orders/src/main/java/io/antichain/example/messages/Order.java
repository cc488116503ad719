package io.antichain.example.messages;

/**
 * A record of the topic {@code orders}, whose key is the customer: one piece of an item is ordered.
 *
 * @param id no other order has it
 */
public record Order(String id, String item) {}
