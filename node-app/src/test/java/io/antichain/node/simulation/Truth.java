package io.antichain.node.simulation;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What really happened before what, kept without any clock: sets of messages, by the number that each carries in its payload.
 * A message without a vector clock takes no causes along; {@link Knowledge#heard} counts these all the same.
 */
final class Truth {
    /** What somebody knows: what vector clocks must say of it, and all that came to his ears. */
    record Knowledge(BitSet known, BitSet heard) {
        Knowledge() {
            this(new BitSet(), new BitSet());
        }

        Knowledge copy() {
            return new Knowledge((BitSet) known.clone(), (BitSet) heard.clone());
        }

        void add(Knowledge other) {
            known.or(other.known);
            heard.or(other.heard);
        }

        void add(int message) {
            known.set(message);
            heard.set(message);
        }
    }

    /** A message that is committed. */
    record Fact(int message, Event event, Knowledge before, SimulatedLog.Entry entry) {}

    private final Map<Integer, Fact> committed = new LinkedHashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Fact> twice = new ArrayList<>();
    private final Map<ProcessId, BitSet> byProcess = new LinkedHashMap<>();

    static int message(Event event) {
        return Integer.parseInt(event.payload());
    }

    void commit(Fact fact) {
        if (committed.putIfAbsent(fact.message(), fact) != null) {
            twice.add(fact);
        } else {
            facts.add(fact);
        }
        byProcess
                .computeIfAbsent(fact.event().process(), process -> new BitSet())
                .set(fact.message());
    }

    /**
     * What delivering {@code event} adds to the knowledge of {@code process}. Of messages without a vector clock a process
     * counts its own alone.
     */
    void deliver(Event event, ProcessId process, Knowledge to) {
        Fact fact = committed.get(message(event));
        to.heard().or(fact.before().heard());
        to.heard().set(fact.message());
        if (event.clock().isPresent()) {
            to.known().or(fact.before().known());
            to.known().set(fact.message());
        } else if (event.process().equals(process)) {
            BitSet own = (BitSet) byProcess.get(process).clone();
            own.and(fact.before().known());
            to.known().or(own);
            to.known().set(fact.message());
        }
    }

    /** How many messages of {@code process} are among {@code known}. */
    long count(ProcessId process, BitSet known) {
        BitSet of = byProcess.get(process);
        int count = 0;
        for (int message = of.nextSetBit(0); message >= 0; message = of.nextSetBit(message + 1)) {
            count += known.get(message) ? 1 : 0;
        }
        return count;
    }

    Fact fact(int message) {
        return committed.get(message);
    }

    List<Fact> facts() {
        return facts;
    }

    List<Fact> twice() {
        return twice;
    }

    Iterable<ProcessId> processes() {
        return byProcess.keySet();
    }
}
