package io.antichain.example.messages;

/**
 * A record of the topic {@code stock}, whose key is the item.
 *
 * @param left how many pieces are left
 * @param order the order that took the last one away
 * @param by the instance that served it
 */
public record Level(int left, String order, String by) {}
