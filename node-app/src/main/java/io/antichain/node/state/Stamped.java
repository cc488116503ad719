package io.antichain.node.state;

import io.antichain.schemas.Event;

/**
 * A message with its stamp, and the state after it was published. Whoever cannot publish it drops both.
 *
 * @param event the message to publish
 * @param next the state if it was published
 */
public record Stamped(Event event, NodeState next) {}
