/**
 * What can be asked of a node, and what it answers. Neither Kafka nor HTTP is known here.
 * Start at {@link io.antichain.node.request.Requests}.
 */
package io.antichain.node.request;
