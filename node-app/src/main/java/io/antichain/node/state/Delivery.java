package io.antichain.node.state;

import io.antichain.schemas.Gateway.Rejection;
import java.util.Optional;

/**
 * What came of a record that was read from the log.
 *
 * @param next the state after it
 * @param outcome what was done with it
 * @param rejection why, if it was rejected
 */
public record Delivery(NodeState next, Outcome outcome, Optional<Rejection> rejection) {

    /** What can come of a record. */
    public enum Outcome {
        /** A message, now part of what the node knows. */
        DELIVERED,
        /** A heartbeat or LEAVE: a sign of life, no event. */
        NO_EVENT,
        /** A message that the gateway does not believe: no clock changed. */
        REJECTED
    }
}
