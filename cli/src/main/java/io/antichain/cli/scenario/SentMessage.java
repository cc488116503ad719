package io.antichain.cli.scenario;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import java.util.Optional;

/**
 * A message that a node has accepted, and the circumstances that decide what it may conflict with.
 *
 * @param node the number of the node, from 1
 * @param dot the message's identity
 * @param clock its vector clock; empty if its node keeps a Lamport timestamp alone
 * @param lamport its Lamport timestamp
 * @param burst the number of the burst it was sent in, 0 if in turns
 * @param cut the number of the cut (from the first pause to the last resume) it was sent in, 0 if in none
 * @param cutOff whether its node was paused
 */
public record SentMessage(
        int node, Dot dot, Optional<VectorClock> clock, LamportTimestamp lamport, int burst, int cut, boolean cutOff) {
    /**
     * How the two are related, by the definition and the clocks that the nodes answered with; empty if one of them has no
     * vector clock, for then it cannot be known.
     */
    public Optional<CausalOrder> relation(SentMessage other) {
        return clock.isPresent() && other.clock.isPresent()
                ? Optional.of(CausalOrder.between(dot, clock.get(), other.dot, other.clock.get()))
                : Optional.empty();
    }

    boolean sameBurst(SentMessage other) {
        return burst != 0 && burst == other.burst && node != other.node;
    }

    /** Sent by different nodes during one cut, by which at least one of the two was cut off. */
    boolean partedFrom(SentMessage other) {
        return node != other.node && cut != 0 && cut == other.cut && (cutOff || other.cutOff);
    }
}
