/**
 * Whole clusters in one thread, driven by one seeded source of randomness: the node's own protocol over a log that is a list.
 * Start at {@link io.antichain.node.simulation.Simulation}; {@link io.antichain.node.simulation.Invariants} is what must hold.
 */
package io.antichain.node.simulation;
