package io.antichain.node.state;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.state.Delivery.Outcome;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Gateway.Rejection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one process knows: everything it published and delivered. To roll back is to keep the earlier value.
 *
 * <ol>
 *   <li>Publishing is the event: the own entry + 1, then the stamp. It is taken in {@link #publish} and nowhere else.
 *   <li>Delivering merges (entry-wise maximum) and counts nothing, so committed counters have no holes.
 *   <li>Every own event is in the clock before the next one is stamped: merge, then tick, never the reverse.
 *   <li>A position never falls, and no clock does.
 * </ol>
 *
 * @param rules what is stamped and what is believed
 * @param process who, with the incarnation
 * @param clock everything published and delivered so far; kept by a Lamport-only process too, which counts by it
 * @param lamport the Lamport timestamp at the same moment
 * @param positions per partition of the events topic, the offset of the next record to deliver
 * @param joined whether this life announced itself in every partition and delivered everything before that
 */
public record NodeState(
        StampingRules rules,
        ProcessId process,
        VectorClock clock,
        LamportTimestamp lamport,
        Map<Integer, Long> positions,
        boolean joined) {

    public NodeState {
        positions = Map.copyOf(positions);
    }

    /** The state of a life that has neither published nor delivered anything. */
    public static NodeState newborn(StampingRules rules, ProcessId process) {
        return new NodeState(rules, process, VectorClock.empty(), LamportTimestamp.ZERO, Map.of(), false);
    }

    /** The state that a checkpoint recorded. */
    public static NodeState recovered(StampingRules rules, ClockCheckpoint checkpoint) {
        return new NodeState(
                rules,
                checkpoint.process(),
                checkpoint.clock(),
                checkpoint.lamport(),
                checkpoint.positions(),
                checkpoint.joined());
    }

    /** Whether another message can be numbered: counters and timestamps end at 2^53 − 1. */
    public boolean canPublish() {
        return counter() < Dot.MAX_COUNTER && lamport.value() < LamportTimestamp.MAX_VALUE;
    }

    /**
     * The next message of this process.
     *
     * @param publishedAtMs wall clock, ms since 1970 UTC; decides nothing
     * @throws IllegalStateException unless {@link #canPublish}
     */
    public Stamped publish(Optional<String> key, String payload, long publishedAtMs) {
        if (!canPublish()) {
            throw new IllegalStateException("Counters and Lamport timestamps end at 2^53 - 1: process=" + process
                    + ", counter=" + counter() + ", lamport=" + lamport + "; publish under another process name");
        }
        NodeState next = new NodeState(rules, process, clock.tick(process), lamport.tick(), positions, joined);
        return new Stamped(next.record(Kind.MESSAGE, key, payload, publishedAtMs), next);
    }

    /** The current clock as a sign of life; no event. */
    public Event heartbeat(long publishedAtMs) {
        return record(Kind.HEARTBEAT, Optional.empty(), "", publishedAtMs);
    }

    /** The current clock as the last record of an orderly stop; no event. */
    public Event leave(long publishedAtMs) {
        return record(Kind.LEAVE, Optional.empty(), "", publishedAtMs);
    }

    /** What comes of a record that is next in the order of delivery. */
    public Delivery deliver(Event event) {
        if (event.kind() != Kind.MESSAGE) {
            return new Delivery(this, Outcome.NO_EVENT, Optional.empty());
        }
        Optional<Rejection> rejection = doubt(event);
        if (rejection.isPresent()) {
            return new Delivery(this, Outcome.REJECTED, rejection);
        }
        // Without a vector clock it is outside the order, yet Lamport's rule holds between all processes, so its
        // timestamp
        // is taken over. One of our own counts: a Lamport-only process whose checkpoint is old then reuses no counter.
        VectorClock known = event.clock()
                .orElseGet(() -> event.process().equals(process)
                        ? VectorClock.of(Map.of(process, event.counter()))
                        : VectorClock.empty());
        return new Delivery(merge(known, event), Outcome.DELIVERED, Optional.empty());
    }

    /** Why {@code event} would not be believed now, if it would not. */
    public Optional<Rejection> doubt(Event event) {
        return rules.gateway().check(event, clock, lamport);
    }

    /** The same knowledge, with everything before these offsets delivered; a position never falls. */
    public NodeState reached(Map<Integer, Long> reached) {
        Map<Integer, Long> furthest = new HashMap<>(positions);
        reached.forEach((partition, position) -> furthest.merge(partition, position, Math::max));
        return new NodeState(rules, process, clock, lamport, furthest, joined);
    }

    /** The same knowledge, of a process that announced itself in every partition and delivered everything before that. */
    public NodeState withJoined(boolean joined) {
        return new NodeState(rules, process, clock, lamport, positions, joined);
    }

    /** What both states of this one process know together. */
    public NodeState merge(NodeState other) {
        return new NodeState(
                        rules,
                        process,
                        clock.merge(other.clock),
                        lamport.deliver(other.lamport, ReceiveRule.MERGE),
                        positions,
                        joined || other.joined)
                .reached(other.positions);
    }

    /** What is written with every transaction, so that the next start knows as much. */
    public ClockCheckpoint checkpoint() {
        return new ClockCheckpoint(process, clock, lamport, positions, joined);
    }

    /** How many messages this process has published. */
    public long counter() {
        return clock.get(process);
    }

    private NodeState merge(VectorClock received, Event event) {
        // A process's own message is no receipt: it tells nothing new, unless a life before this one forgot it.
        boolean counts = rules.receive() == ReceiveRule.TICK
                && !event.process().equals(process)
                && Math.max(lamport.value(), event.lamport().value()) < LamportTimestamp.MAX_VALUE;
        LamportTimestamp after = lamport.deliver(event.lamport(), counts ? ReceiveRule.TICK : ReceiveRule.MERGE);
        return new NodeState(rules, process, clock.merge(received), after, positions, joined);
    }

    private Event record(Kind kind, Optional<String> key, String payload, long publishedAtMs) {
        Optional<VectorClock> stamp = rules.kind() == ClockKind.VECTOR ? Optional.of(clock) : Optional.empty();
        return new Event(process, counter(), stamp, lamport, key, payload, publishedAtMs, kind);
    }
}
