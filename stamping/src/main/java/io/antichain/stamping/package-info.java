/**
 * Stamping clients for services that exist already: each record they publish carries a stamp in a header.
 * Start at {@link io.antichain.stamping.Stamping}.
 * All of Kafka is here; the decisions are in {@link io.antichain.stamping.clock}.
 */
package io.antichain.stamping;
