/**
 * What a node knows, as a value: it is told what was published and delivered, and returns stamps and the next state. No
 * I/O, threads or wall clock. Start at {@link io.antichain.node.state.NodeState}.
 */
package io.antichain.node.state;
