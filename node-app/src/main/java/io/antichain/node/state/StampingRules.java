package io.antichain.node.state;

import io.antichain.clocks.ReceiveRule;
import io.antichain.schemas.Gateway;

/**
 * The choices that decide what a node stamps and what it believes.
 *
 * @param kind which clocks a message carries
 * @param receive what delivering a message does to the Lamport timestamp
 * @param gateway what is doubted before it is merged
 */
public record StampingRules(ClockKind kind, ReceiveRule receive, Gateway gateway) {}
