package io.antichain.node.simulation;

import io.antichain.node.protocol.Place;
import io.antichain.node.protocol.Transaction;
import io.antichain.node.simulation.SimulatedLog.Entry;
import io.antichain.node.simulation.SimulatedLog.Txn;
import io.antichain.node.simulation.Truth.Knowledge;
import io.antichain.schemas.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A transaction on its way, a record a step: in order within a partition, and in any order across partitions. */
final class SimulatedCommit {
    private final SimulatedNode node;
    private final SimulatedLog log;
    private final Random random;
    private final Txn txn;
    private final Map<Integer, Deque<Integer>> unsent = new TreeMap<>();
    private final Entry[] sent;
    private boolean begun;
    private boolean checkpointSent;
    private boolean failed;
    private Optional<List<Place>> places = Optional.empty();

    SimulatedCommit(SimulatedNode node, SimulatedLog log, Transaction content, Random random) {
        this.node = node;
        this.log = log;
        this.random = random;
        this.sent = new Entry[content.messages().size()];
        List<Knowledge> before = new ArrayList<>();
        Knowledge known = node.knowledge.copy();
        for (int i = 0; i < sent.length; i++) {
            Event message = content.messages().get(i);
            String key = message.key().orElse(message.process().toString());
            int partition = Math.floorMod(key.hashCode(), log.eventPartitions());
            unsent.computeIfAbsent(partition, unused -> new ArrayDeque<>()).add(i);
            before.add(known.copy());
            known.add(Truth.message(message));
        }
        this.txn = new Txn(node.name, content, before, known);
    }

    /** Where its messages stand, once it is committed and the node knows. */
    Optional<List<Place>> places() {
        return places;
    }

    /** Whether it failed, for all that the node knows. */
    boolean failed() {
        return failed;
    }

    void step(boolean faulty) {
        if (node.isFenced()) {
            failed = true;
        } else if (!begun) {
            begun = true;
            log.begin(node.name, txn);
        } else if (txn.outcome != SimulatedLog.Outcome.OPEN || (faulty && random.nextInt(120) == 0)) {
            failed = true;
        } else if (!unsent.isEmpty()) {
            send();
        } else if (!checkpointSent) {
            checkpointSent = true;
            log.append(txn, log.eventPartitions(), null, txn.content.checkpoint());
        } else {
            end(faulty);
        }
    }

    private void send() {
        List<Integer> partitions = List.copyOf(unsent.keySet());
        int partition = partitions.get(random.nextInt(partitions.size()));
        int index = unsent.get(partition).remove();
        if (unsent.get(partition).isEmpty()) {
            unsent.remove(partition);
        }
        sent[index] = log.append(txn, partition, txn.content.messages().get(index), null);
    }

    private void end(boolean faulty) {
        List<Place> all = new ArrayList<>();
        for (Entry entry : sent) {
            all.add(new Place(entry.partition(), entry.offset()));
        }
        log.commit(txn, List.of(sent));
        if (faulty && random.nextInt(12) == 0) {
            failed = true; // committed, and the acknowledgement is lost
        } else {
            places = Optional.of(all);
            node.knowledge.add(txn.after);
        }
    }
}
