/**
 * The order engine alone, without Kafka: its speed, against comparing every pair too, and its memory over a long history.
 * Start at {@link io.antichain.benchmarks.engine.EngineMeasurement}.
 */
package io.antichain.benchmarks.engine;
