/**
 * What a node does, told what happened: pure, without Kafka, threads or clocks on the wall. The node runs it, and so does the
 * simulation. Start at {@link io.antichain.node.protocol.NodeProtocol}; {@link io.antichain.node.protocol.Effect} is what
 * it asks for.
 */
package io.antichain.node.protocol;
