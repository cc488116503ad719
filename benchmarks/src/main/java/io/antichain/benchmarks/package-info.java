/**
 * Measurements, each with a name that {@code benchmarks/run NAME} takes. Start at
 * {@link io.antichain.benchmarks.Benchmarks}. Nothing depends on this module.
 */
package io.antichain.benchmarks;
