/**
 * The stamping core: one clock for a process, its incarnation, and what a life takes over from the one before.
 * Start at {@link io.antichain.stamping.clock.SharedClock}.
 * Everything here is told things and returns values: no Kafka, no wall clock, no randomness.
 */
package io.antichain.stamping.clock;
