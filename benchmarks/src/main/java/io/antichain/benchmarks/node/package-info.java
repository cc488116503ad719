/**
 * A node under load from many HTTP clients, against a bare transactional producer on the same broker in the same run.
 * Start at {@link io.antichain.benchmarks.node.NodeMeasurement}.
 */
package io.antichain.benchmarks.node;
