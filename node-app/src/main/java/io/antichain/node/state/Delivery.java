package io.antichain.node.state;

import io.antichain.schemas.Gateway.Rejection;
import java.util.Optional;

/**
 * What came of a message that was read from the log.
 *
 * @param next the state after it
 * @param rejection why it is not believed, if it is not: then no clock has changed
 */
public record Delivery(NodeState next, Optional<Rejection> rejection) {}
