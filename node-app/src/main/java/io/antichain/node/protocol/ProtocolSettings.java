package io.antichain.node.protocol;

import io.antichain.node.state.StampingRules;

/**
 * How a node works.
 *
 * @param process the process name, without incarnation
 * @param rules what is stamped and what is believed
 * @param heartbeatMs after so long without a transaction one without messages shows that the node lives
 * @param maxHeldBytes how much may be held back until its causes are delivered, over all partitions
 * @param maxRepeatKeys for how many of the latest requests a repeat is recognised
 * @param acceptNewTopic whether to read on from the start where the events topic is not the one that was read
 */
public record ProtocolSettings(
        String process,
        StampingRules rules,
        long heartbeatMs,
        long maxHeldBytes,
        int maxRepeatKeys,
        boolean acceptNewTopic) {}
