package io.antichain.node.simulation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.node.protocol.Effect;
import io.antichain.node.protocol.Transaction;
import io.antichain.node.request.Condition;
import io.antichain.node.simulation.Truth.Fact;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Event;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after every step, each under its name, and at the end. */
final class Invariants {
    private final SimulatedLog log;
    private final Truth truth;
    private final Map<ProcessId, Long> counters = new HashMap<>();
    private final Set<Dot> dots = new HashSet<>();
    private final Map<Long, BitSet> syncs = new HashMap<>();
    private final Map<Long, Integer> asked = new HashMap<>();
    private final Map<Integer, Dot> acknowledged = new HashMap<>();
    private final Map<String, BitSet> outOfOrder = new HashMap<>();
    private int checked;

    Invariants(SimulatedLog log, Truth truth) {
        this.log = log;
        this.truth = truth;
    }

    /** A message was asked for, under a ticket. */
    void asked(long ticket, int message) {
        asked.put(ticket, message);
    }

    /** A sync was asked for: what is committed everywhere now must be known when it is answered. */
    void askedSync(long ticket) {
        syncs.put(ticket, committedEverywhere());
    }

    /** What is committed in every partition that it reached, and can be read. */
    BitSet committedEverywhere() {
        BitSet visible = new BitSet();
        for (Fact fact : truth.facts()) {
            if (fact.entry().offset() < log.lastStableOffset(fact.entry().partition())
                    && !log.broken.get(fact.message())
                    && fact.event().clock().isPresent()) {
                visible.set(fact.message());
            }
        }
        return visible;
    }

    /** A node publishes from now on, and had to join before. */
    void joined(SimulatedNode node, BitSet committedBefore) {
        BitSet missing = (BitSet) committedBefore.clone();
        missing.andNot(node.knowledge.known());
        holds("whoJoinedKnowsWhatWasCommittedBefore", missing.isEmpty(), node.name + " does not know " + missing);
    }

    /** A node has read back what the log holds of it, and its newest checkpoint could be read or not. */
    void noOlderCheckpointIsBelieved(SimulatedNode node, boolean newestIsBroken) {
        holds(
                "noOlderCheckpointIsBelieved",
                newestIsBroken == (node.protocol.condition() == Condition.FAILED),
                node.name);
    }

    void afterStep(SimulatedNode node) {
        checkCommitted();
        node.protocol.state().ifPresent(state -> theClockIsWhatWasPublishedAndDelivered(node, state));
    }

    private void checkCommitted() {
        holds("nothingIsCommittedTwice", truth.twice().isEmpty(), truth.twice());
        List<Fact> facts = truth.facts();
        for (; checked < facts.size(); checked++) {
            Fact fact = facts.get(checked);
            Event event = fact.event();
            holds("noDotIsReused", dots.add(event.dot()), event.dot());
            long before = counters.getOrDefault(event.process(), 0L);
            holds("countersHaveNoHoles", event.counter() == before + 1, event);
            counters.put(event.process(), event.counter());
            event.clock().ifPresent(clock -> theStampIsWhatWasKnown(fact, clock));
        }
    }

    private void theStampIsWhatWasKnown(Fact fact, VectorClock clock) {
        for (ProcessId process : truth.processes()) {
            long known = truth.count(process, fact.before().known())
                    + (process.equals(fact.event().process()) ? 1 : 0);
            entryIs("theStampIsWhatWasKnown", fact.event().dot(), process, clock, known);
        }
    }

    private void theClockIsWhatWasPublishedAndDelivered(SimulatedNode node, NodeState state) {
        for (ProcessId process : truth.processes()) {
            long known = truth.count(process, node.knowledge.known());
            entryIs("theClockIsWhatWasPublishedAndDelivered", node.name, process, state.clock(), known);
        }
    }

    private static void entryIs(String invariant, Object of, ProcessId process, VectorClock clock, long known) {
        if (clock.get(process) != known) {
            holds(invariant, false, of + ": " + process + "=" + clock.get(process) + ", known " + known);
        }
    }

    /** What a node is about to commit must not be behind what it committed before. */
    void beforeCommit(SimulatedNode node, Transaction transaction) {
        NodeState state = node.protocol.state().orElseThrow();
        holds(
                "aCheckpointsPositionIsWhatWasDelivered",
                transaction.checkpoint().positions().equals(state.reading().positions()),
                node.name);
    }

    void beforeDelivery(SimulatedNode node, Event event) {
        Fact fact = truth.fact(Truth.message(event));
        holds("onlyWhatIsCommittedIsDelivered", fact != null && fact.event().equals(event), event);
        BitSet missing = (BitSet) fact.before().known().clone();
        missing.andNot(node.knowledge.known());
        missing.andNot(log.broken);
        boolean excused = outOfOrder.getOrDefault(node.name, new BitSet()).get(fact.message());
        holds(
                "causesAreDeliveredBeforeEffects",
                missing.isEmpty() || excused || event.clock().isEmpty(),
                node.name + " delivers " + event.dot() + " before messages " + missing);
    }

    /** A message went before its causes: allowed where one of them is gone, or where no more may be held. */
    void outOfOrder(SimulatedNode node, Event event) {
        holds(
                "onlyWhatIsGoneIsNotWaitedFor",
                !log.broken.isEmpty() || node.settings.maxHeldBytes() < Simulation.NEVER_FULL,
                node.name + " " + event.dot());
        outOfOrder.computeIfAbsent(node.name, name -> new BitSet()).set(Truth.message(event));
    }

    void answered(Effect.Answer answer) {
        int message = asked.get(answer.ticket());
        Fact fact = truth.fact(message);
        holds("whatIsAcknowledgedIsCommitted", fact != null, message);
        Event event = answer.published().event();
        holds(
                "anAnswerIsWhatStandsInTheLog",
                event.dot().equals(fact.event().dot())
                        && event.clock().equals(fact.event().clock())
                        && answer.published().partition() == fact.entry().partition()
                        && answer.published().offset() == fact.entry().offset(),
                event.dot() + " at " + answer.published().offset() + ", in the log "
                        + fact.event().dot() + " at " + fact.entry().offset());
        Dot before = acknowledged.putIfAbsent(message, event.dot());
        holds("aRepeatIsAnsweredAlike", before == null || before.equals(event.dot()), message);
    }

    void answered(SimulatedNode node, Effect.AnswerView answer) {
        BitSet missing = syncs.getOrDefault(answer.ticket(), new BitSet());
        missing.andNot(node.knowledge.known());
        holds("aSyncKnowsWhatWasCommittedBefore", missing.isEmpty(), node.name + " does not know " + missing);
    }

    void refused(Effect.Refuse refuse) {
        syncs.remove(refuse.ticket());
    }

    /** At the end, every pair. */
    void verdictsAreTheTruth() {
        List<Fact> facts = truth.facts();
        for (Fact a : facts) {
            for (Fact b : facts) {
                if (b.before().heard().get(a.message())) {
                    holds(
                            "lamportsConditionHolds",
                            a.event().lamport().value() < b.event().lamport().value(),
                            a.event().dot() + " happened before " + b.event().dot());
                }
                if (a != b && a.event().clock().isPresent() && b.event().clock().isPresent()) {
                    holds(
                            "verdictsAreTheTruth",
                            verdict(a, b) == trulyRelated(a, b),
                            a.event().dot() + " and " + b.event().dot());
                }
            }
        }
    }

    private static CausalOrder verdict(Fact a, Fact b) {
        return CausalOrder.between(
                a.event().dot(), a.event().clock().orElseThrow(),
                b.event().dot(), b.event().clock().orElseThrow());
    }

    private static CausalOrder trulyRelated(Fact a, Fact b) {
        if (b.before().known().get(a.message())) {
            return CausalOrder.BEFORE;
        }
        return a.before().known().get(b.message()) ? CausalOrder.AFTER : CausalOrder.CONCURRENT;
    }

    static void holds(String invariant, boolean condition, Object found) {
        if (!condition) {
            throw new AssertionError("Invariant " + invariant + ": " + found);
        }
    }
}
