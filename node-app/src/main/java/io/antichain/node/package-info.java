/**
 * One node of the system: it stamps, publishes, consumes, merges and recovers. Start at {@link io.antichain.node.Node};
 * what a node knows is {@code state}, what it can be asked {@code request}, the rims are {@code kafka} and {@code http}.
 */
package io.antichain.node;
