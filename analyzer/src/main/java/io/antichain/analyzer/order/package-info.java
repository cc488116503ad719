/**
 * The order engine: told each record of the events topic as it arrives, it answers which earlier-arrived events are
 * concurrent with it. Pure: no I/O, threads, wall clock or logging. Start at {@link io.antichain.analyzer.order.OrderEngine}.
 */
package io.antichain.analyzer.order;
