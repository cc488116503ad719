package io.antichain.node.protocol;

import io.antichain.node.state.StampingRules;

/**
 * How a node works.
 *
 * @param process the process name, without incarnation
 * @param rules what is stamped and what is believed
 * @param heartbeatMs after so long without a record of one's own in a partition a heartbeat goes there
 * @param maxHeld how many messages may be held back until their causes are delivered
 * @param maxRepeatKeys for how many of the latest requests a repeat is recognised
 */
public record ProtocolSettings(String process, StampingRules rules, long heartbeatMs, int maxHeld, int maxRepeatKeys) {}
