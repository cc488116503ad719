package io.antichain.node.state;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Gateway.Rejection;
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
 * @param reading how far the events topic is delivered
 * @param joined whether this life delivered everything that was committed before its start
 * @param refused what was refused and may yet turn out to be true; forgotten by a restart
 */
public record NodeState(
        StampingRules rules,
        ProcessId process,
        VectorClock clock,
        LamportTimestamp lamport,
        Reading reading,
        boolean joined,
        RefusedStamps refused) {

    /** The state of a life that has neither published nor delivered anything. */
    public static NodeState newborn(StampingRules rules, ProcessId process) {
        return new NodeState(
                rules, process, VectorClock.empty(), LamportTimestamp.ZERO, Reading.NOTHING, false, RefusedStamps.NONE);
    }

    /** The state that a checkpoint recorded. */
    public static NodeState recovered(StampingRules rules, ClockCheckpoint checkpoint) {
        return new NodeState(
                rules,
                checkpoint.process(),
                checkpoint.clock(),
                checkpoint.lamport(),
                new Reading(checkpoint.eventsTopicId(), checkpoint.positions(), checkpoint.skipped()),
                checkpoint.joined(),
                RefusedStamps.NONE);
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
        NodeState next = new NodeState(rules, process, clock.tick(process), lamport.tick(), reading, joined, refused);
        return new Stamped(next.message(key, payload, publishedAtMs), next);
    }

    /** What comes of a message that is next in the order of delivery. */
    public Delivery deliver(Event event) {
        Optional<Rejection> rejection = doubt(event);
        if (rejection.isPresent()) {
            boolean tooFar = rejection.get().kind() == Anomaly.Kind.CLOCK_TOO_FAR;
            NodeState next = tooFar ? with(reading, joined, refused.with(event)) : this;
            return new Delivery(next, rejection);
        }
        // Without a vector clock it is outside the order, yet Lamport's rule holds between all processes, so its
        // timestamp is taken over. One of our own counts: a Lamport-only process whose checkpoint is old then reuses no
        // counter.
        VectorClock known = event.clock()
                .orElseGet(() -> event.process().equals(process)
                        ? VectorClock.of(Map.of(process, event.counter()))
                        : VectorClock.empty());
        return new Delivery(merge(known, event), Optional.empty());
    }

    /**
     * Why {@code event} would not be believed now, if it would not. What retention deleted unread widens the reach: of so many
     * offsets each may have raised an entry by one, and a Lamport timestamp by two. Beyond it, what two processes claim is
     * believed.
     */
    public Optional<Rejection> doubt(Event event) {
        Gateway gateway = rules.gateway();
        long reach = Math.min(Dot.MAX_COUNTER, gateway.maxClockJump() + 2 * reading.skipped());
        Gateway widened = new Gateway(gateway.maxClockWidth(), reach);
        return widened.check(event, clock, lamport)
                .filter(rejection -> rejection.kind() != Anomaly.Kind.CLOCK_TOO_FAR
                        || widened.check(event, refused.raised(clock, event), refused.raised(lamport, event))
                                .isPresent());
    }

    /** The same knowledge, reading this log on: who has read nothing yet has missed nothing either. */
    public NodeState reading(EventsLog log) {
        return withReading(reading.positions().isEmpty() ? Reading.fromStart(log) : reading.of(log));
    }

    /** The same knowledge, with so much delivered. */
    public NodeState withReading(Reading reading) {
        return with(reading, joined, refused);
    }

    /** The same knowledge, of a process that has joined or not. */
    public NodeState withJoined(boolean joined) {
        return with(reading, joined, refused);
    }

    /** What both states of this one process know together. */
    public NodeState merge(NodeState other) {
        return new NodeState(
                rules,
                process,
                clock.merge(other.clock),
                lamport.deliver(other.lamport, ReceiveRule.MERGE),
                reading.merge(other.reading),
                joined || other.joined,
                refused);
    }

    /** What is written with every transaction, so that the next start knows as much. */
    public ClockCheckpoint checkpoint() {
        return new ClockCheckpoint(
                process, clock, lamport, reading.positions(), joined, reading.topicId(), reading.skipped());
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
        return new NodeState(rules, process, clock.merge(received), after, reading, joined, refused);
    }

    private NodeState with(Reading reading, boolean joined, RefusedStamps refused) {
        return new NodeState(rules, process, clock, lamport, reading, joined, refused);
    }

    private Event message(Optional<String> key, String payload, long publishedAtMs) {
        Optional<VectorClock> stamp = rules.kind() == ClockKind.VECTOR ? Optional.of(clock) : Optional.empty();
        return new Event(process, counter(), stamp, lamport, key, payload, publishedAtMs, Kind.MESSAGE);
    }
}
