package io.antichain.node.simulation;

import io.antichain.node.protocol.Transaction;
import io.antichain.node.protocol.Transaction.Outgoing;
import io.antichain.node.simulation.Truth.Fact;
import io.antichain.node.simulation.Truth.Knowledge;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kafka as a node sees it: partitions of the events topic and one of the clocks topic, transactions whose markers reach
 * each partition at another time, and a coordinator that knows who has a name. The last partition is that of the clocks.
 */
final class SimulatedLog {
    /** How a transaction ended, if it did. */
    enum Outcome {
        OPEN,
        COMMITTED,
        ABORTED
    }

    /** A transaction under way or ended. */
    static final class Txn {
        final String name;
        final Transaction content;
        final List<Knowledge> before;
        final Knowledge after;
        final BitSet unsettled = new BitSet();
        Outcome outcome = Outcome.OPEN;

        Txn(String name, Transaction content, List<Knowledge> before, Knowledge after) {
            this.name = name;
            this.content = content;
            this.before = before;
            this.after = after;
        }
    }

    /** One record, or a marker, which has no transaction. */
    record Entry(Txn txn, Event event, ClockCheckpoint checkpoint, int partition, long offset) {}

    private static final class Owner {
        int epoch;
        Object lastInit = "nobody";
        Txn current;
    }

    private final List<List<Entry>> partitions = new ArrayList<>();
    private final long[] stable;
    private final Map<String, Owner> owners = new HashMap<>();
    private final List<Txn> unsettled = new ArrayList<>();
    private final Map<String, Long> lost = new HashMap<>();
    private final Truth truth;
    final BitSet broken = new BitSet();

    SimulatedLog(int eventPartitions, Truth truth) {
        this.truth = truth;
        for (int i = 0; i <= eventPartitions; i++) {
            partitions.add(new ArrayList<>());
        }
        stable = new long[eventPartitions + 1];
    }

    int eventPartitions() {
        return partitions.size() - 1;
    }

    /** Takes the name: whoever had it is fenced, and his transaction is settled before this returns. */
    int init(String name, Object who) {
        Owner owner = owner(name);
        settle(owner.current);
        owner.epoch++;
        owner.lastInit = who;
        return owner.epoch;
    }

    int epoch(String name) {
        return owner(name).epoch;
    }

    /** Whether somebody other than {@code who} took the name after him. */
    boolean hasRival(String name, Object who) {
        return owner(name).lastInit != who;
    }

    void begin(String name, Txn txn) {
        Owner owner = owner(name);
        settle(owner.current);
        owner.current = txn;
    }

    Entry append(Txn txn, int partition, Event event, ClockCheckpoint checkpoint) {
        List<Entry> log = partitions.get(partition);
        Entry entry = new Entry(txn, event, checkpoint, partition, log.size());
        log.add(entry);
        if (!unsettled.contains(txn)) {
            unsettled.add(txn);
        }
        txn.unsettled.set(partition);
        return entry;
    }

    /** The moment at which all of it has happened. */
    void commit(Txn txn, List<Entry> messages) {
        txn.outcome = Outcome.COMMITTED;
        int i = 0;
        for (Outgoing record : txn.content.records()) {
            if (record.event().kind() == Kind.MESSAGE) {
                truth.commit(
                        new Fact(Truth.message(record.event()), record.event(), txn.before.get(i), messages.get(i)));
                i++;
            }
        }
    }

    void abort(String name) {
        Txn current = owner(name).current;
        if (current != null && current.outcome == Outcome.OPEN) {
            current.outcome = Outcome.ABORTED;
        }
    }

    /** The coordinator gives up on an open transaction, and its producer with it. */
    void timeOut(String name) {
        Owner owner = owner(name);
        if (owner.current != null && owner.current.outcome == Outcome.OPEN) {
            owner.current.outcome = Outcome.ABORTED;
            owner.epoch++;
        }
    }

    List<Txn> unsettled() {
        return unsettled;
    }

    /** One partition learns how a decided transaction ended; false if there is none to tell. */
    boolean writeMarker(Txn txn) {
        int partition = txn.unsettled.nextSetBit(0);
        if (txn.outcome == Outcome.OPEN || partition < 0) {
            return false;
        }
        txn.unsettled.clear(partition);
        List<Entry> log = partitions.get(partition);
        log.add(new Entry(null, null, null, partition, log.size()));
        if (txn.unsettled.isEmpty()) {
            unsettled.remove(txn);
        }
        return true;
    }

    long highWatermark(int partition) {
        return partitions.get(partition).size();
    }

    long lastStableOffset(int partition) {
        List<Entry> log = partitions.get(partition);
        while (stable[partition] < log.size() && isSettled(log.get((int) stable[partition]))) {
            stable[partition]++;
        }
        return stable[partition];
    }

    /** A record that read_committed shows; empty for markers and what was aborted. */
    Optional<Entry> visible(int partition, long offset) {
        Entry entry = partitions.get(partition).get((int) offset);
        return entry.txn() != null && entry.txn().outcome == Outcome.COMMITTED ? Optional.of(entry) : Optional.empty();
    }

    /** What a name knows by all that it committed before an offset of the clocks' partition. */
    Knowledge committed(String name, long before) {
        return newest(name, before).map(entry -> entry.txn().after).orElseGet(Knowledge::new);
    }

    /** The name's checkpoint is deleted, and so is what it knew. */
    void loseCheckpoint(String name) {
        settle(owner(name).current);
        lost.put(name, highWatermark(eventPartitions()));
    }

    /** The newest checkpoint of the name before an offset. */
    Optional<ClockCheckpoint> checkpoint(String name, long before) {
        return newest(name, before).map(Entry::checkpoint);
    }

    private Optional<Entry> newest(String name, long before) {
        for (long offset = before - 1; offset >= lost.getOrDefault(name, 0L); offset--) {
            Optional<Entry> entry = visible(eventPartitions(), offset);
            if (entry.isPresent() && entry.get().txn().name.equals(name)) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private boolean isSettled(Entry entry) {
        return entry.txn() == null || !entry.txn().unsettled.get(entry.partition());
    }

    private void settle(Txn txn) {
        if (txn == null) {
            return;
        }
        if (txn.outcome == Outcome.OPEN) {
            txn.outcome = Outcome.ABORTED;
        }
        while (writeMarker(txn)) {
            // every partition it reached
        }
    }

    private Owner owner(String name) {
        return owners.computeIfAbsent(name, unused -> new Owner());
    }
}
