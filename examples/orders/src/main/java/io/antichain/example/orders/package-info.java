/**
 * The orders service, with Spring Kafka: {@link io.antichain.example.orders.OrdersApplication} as it was, and
 * {@link io.antichain.example.orders.StampedOrders}, the two beans that bring in the library. The service itself is the same.
 */
package io.antichain.example.orders;
