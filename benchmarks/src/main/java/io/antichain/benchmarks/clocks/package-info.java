/**
 * The clock algebra against the vector clocks of Pekko and Hazelcast, in one JMH run each. Start at
 * {@link io.antichain.benchmarks.clocks.CompareMeasurement} and {@link io.antichain.benchmarks.clocks.RivalsMeasurement}.
 */
package io.antichain.benchmarks.clocks;
