/**
 * The clock algebra against the vector clocks of Pekko and Hazelcast, in one JMH run. Start at
 * {@link io.antichain.benchmarks.clocks.CompareMeasurement}.
 */
package io.antichain.benchmarks.clocks;
