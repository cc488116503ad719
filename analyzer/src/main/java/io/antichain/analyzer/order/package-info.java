/**
 * The order engine: which of the newest events are concurrent with an arriving one. Pure: it is told records, and returns
 * outcomes. Begin with {@link io.antichain.analyzer.order.OrderEngine}, then {@code Window} and {@code RunFinder}.
 */
package io.antichain.analyzer.order;
