package io.antichain.node.simulation;

import io.antichain.node.protocol.Transaction;
import io.antichain.node.simulation.Truth.Fact;
import io.antichain.node.simulation.Truth.Knowledge;
import io.antichain.node.state.EventsLog;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
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
    private final BitSet gone = new BitSet();
    private final BitSet unreadable = new BitSet();
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
        for (int i = 0; i < messages.size(); i++) {
            Event message = txn.content.messages().get(i);
            truth.commit(new Fact(Truth.message(message), message, txn.before.get(i), messages.get(i)));
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

    /** The events topic as it is now. */
    EventsLog eventsLog() {
        Map<Integer, Long> starts = new HashMap<>();
        Map<Integer, Long> ends = new HashMap<>();
        for (int partition = 0; partition < eventPartitions(); partition++) {
            starts.put(partition, 0L);
            ends.put(partition, highWatermark(partition));
        }
        return new EventsLog("events", starts, ends);
    }

    /** The name's checkpoint is deleted, and so is what it knew. */
    void loseCheckpoint(String name) {
        settle(owner(name).current);
        lost.put(name, highWatermark(eventPartitions()));
    }

    /** The end of the clocks topic is lost: of the name's checkpoints, the newest ones. */
    void loseNewest(String name, int count) {
        settle(owner(name).current);
        for (int i = 0; i < count; i++) {
            newest(name, highWatermark(eventPartitions())).ifPresent(entry -> gone.set((int) entry.offset()));
        }
    }

    /** The newest checkpoint of the name cannot be decoded any more. */
    void breakNewest(String name) {
        newest(name, highWatermark(eventPartitions())).ifPresent(entry -> unreadable.set((int) entry.offset()));
    }

    boolean isUnreadable(Entry checkpoint) {
        return unreadable.get((int) checkpoint.offset());
    }

    /** The newest record of the name in the clocks topic before an offset. */
    Optional<Entry> newest(String name, long before) {
        for (long offset = before - 1; offset >= lost.getOrDefault(name, 0L); offset--) {
            Optional<Entry> entry = visible(eventPartitions(), offset);
            if (entry.isPresent() && entry.get().txn().name.equals(name) && !gone.get((int) offset)) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** The name's checkpoints before an offset, oldest first, as far as they are there. */
    List<Entry> checkpoints(String name, long before) {
        List<Entry> all = new ArrayList<>();
        Optional<Entry> next = newest(name, before);
        while (next.isPresent()) {
            all.add(0, next.get());
            next = newest(name, next.get().offset());
        }
        return all;
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
