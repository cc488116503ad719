/**
 * Wrapped producers against bare ones, in one run. Start at
 * {@link io.antichain.benchmarks.stamping.StampingMeasurement}.
 */
package io.antichain.benchmarks.stamping;
