package io.antichain.node.protocol;

import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.node.request.RefusedException;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway.Rejection;
import java.util.Map;
import java.util.Set;

/**
 * Something to be done, in the order given. Those that have an outcome stand last in a list, and the protocol must be told
 * that outcome before anything else: {@link ReadBack}, {@link Commit} and {@link DescribeTopic}.
 */
public sealed interface Effect {
    /** Take the process name from whoever has it, and settle the transaction that it left open. */
    record Fence() implements Effect {}

    /**
     * Find what the log holds of the name, up to the high watermark of now: tell {@code recovered}, or {@code notRecovered}.
     * Up to the last stable offset is not enough: another node's open transaction would hide one's newest checkpoint.
     */
    record ReadBack() implements Effect {}

    /** Describe the events topic: tell {@code described}, or {@code failed}. */
    record DescribeTopic() implements Effect {}

    /** Read every partition of the events topic from its offset on, and hand it over in turns. */
    record StartReading(Map<Integer, Long> positions) implements Effect {}

    /** Read these partitions no further, and all others on. */
    record HoldReading(Set<Integer> partitions) implements Effect {}

    /** Commit in one transaction: tell {@code committed}, or {@code failed}. */
    record Commit(Transaction transaction) implements Effect {}

    /** Give up the transaction that failed, and find out whether another node took the name over: then tell {@code fenced}. */
    record Abort() implements Effect {}

    /** A message was delivered: it is now part of what the node knows. */
    record Delivered(Event event, Place place) implements Effect {}

    /** A message was not believed: no clock changed. */
    record Rejected(Event event, Place place, Rejection rejection) implements Effect {}

    /** A message was delivered although a cause of it was not, because that can no longer be waited for. */
    record OutOfOrder(Event event, Place place) implements Effect {}

    /** Answer a message that is committed. */
    record Answer(long ticket, Published published) implements Effect {}

    /** Answer with what the node knows. */
    record AnswerView(long ticket, NodeView view) implements Effect {}

    /** Answer that it is not done. */
    record Refuse(long ticket, RefusedException refusal) implements Effect {}

    /** From now on this is what the node knows and how far it is. */
    record Show(NodeView view) implements Effect {}

    /** Wait, then go on with the next effect; refuse whoever asks meanwhile. */
    record Wait(long ms) implements Effect {}

    /** The node has ended. */
    record End(NodeEnd end) implements Effect {}
}
