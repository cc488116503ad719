/**
 * A node under load from many HTTP clients, against a bare Javalin and a bare transactional producer in the same run.
 * Start at {@link io.antichain.benchmarks.node.NodeMeasurement}.
 */
package io.antichain.benchmarks.node;
