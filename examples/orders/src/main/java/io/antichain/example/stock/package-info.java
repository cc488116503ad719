/**
 * The stock service, with plain Kafka clients: {@link io.antichain.example.stock.Stock} starts an instance as it was, and
 * {@link io.antichain.example.stock.StampedStock} one with the library. The service itself is the same.
 */
package io.antichain.example.stock;
