package io.antichain.stamping;

import io.antichain.clocks.Dot;
import io.antichain.clocks.Stamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds the stamps in the log against the journals, by the definition: an event must know all that its process surely had been
 * handed, had sent or took over, with all that these knew; and may know no more than what it possibly had.
 */
final class JournalOracle {
    /** A record as it stands in the log. */
    record Landed(String value, TopicPartition partition, long offset, Stamp stamp) {}

    /** A send or a commit: something whose knowledge counts. */
    private static final class Knower {
        final String life;
        final long begin;
        final long end;
        /** The number of the event; −1 of a commit. */
        final int index;

        final BitSet must = new BitSet();
        final BitSet may = new BitSet();

        Knower(String life, long begin, long end, int index) {
            this.life = life;
            this.begin = begin;
            this.end = end;
            this.index = index;
        }
    }

    private final Journal journal;
    private final List<Landed> landed;
    private final Map<String, Integer> byValue = new HashMap<>();
    private final List<Knower> knowers = new ArrayList<>();
    private final Map<Integer, Knower> events = new HashMap<>();
    private final Map<TopicPartition, List<Knower>> commits = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Long> beginnings = new HashMap<>();
    private final Map<String, Map<String, Journal.Sent>> firstSends = new HashMap<>();

    final List<String> faults = new ArrayList<>();
    long required;
    long claimed;

    JournalOracle(Journal journal, List<Landed> landed) {
        this.journal = journal;
        this.landed = landed;
        Set<Dot> dots = new HashSet<>();
        for (Landed record : landed) {
            byValue.put(record.value(), byValue.size());
            if (!dots.add(record.stamp().dot())) {
                faults.add("dot used twice: " + record.stamp().dot());
            }
        }
        journal.began.forEach(began -> {
            names.put(began.life(), began.name());
            beginnings.put(began.life(), began.at());
        });
        prepare();
        while (settle()) {
            // until nothing changes: what was handed may itself have learned more
        }
        landed.forEach(this::check);
    }

    private void prepare() {
        for (Journal.Sent sent : journal.sent) {
            firstSends
                    .computeIfAbsent(sent.life(), life -> new HashMap<>())
                    .merge(sent.topic(), sent, (a, b) -> a.end() < b.end() ? a : b);
            Integer index = byValue.get(sent.value());
            if (index != null) {
                Knower knower = new Knower(sent.life(), sent.begin(), sent.end(), index);
                knowers.add(knower);
                events.put(index, knower);
            }
        }
        for (Journal.Committed committed : journal.committed) {
            Knower knower = new Knower(committed.life(), committed.begin(), committed.end(), -1);
            knowers.add(knower);
            committed.partitions().forEach(partition -> commits.computeIfAbsent(partition, p -> new ArrayList<>())
                    .add(knower));
        }
    }

    /** One round over all; whether anything was learned. */
    private boolean settle() {
        boolean isNew = false;
        for (Knower knower : knowers) {
            int before = knower.must.cardinality() + knower.may.cardinality();
            learn(knower);
            isNew |= knower.must.cardinality() + knower.may.cardinality() > before;
        }
        return isNew;
    }

    private void learn(Knower knower) {
        for (Journal.Handed handed : journal.handed) {
            if (handed.life().equals(knower.life)) {
                learn(knower, byValue.get(handed.value()), handed.end() < knower.begin, handed.begin() < knower.end);
            }
        }
        for (Knower other : events.values()) {
            boolean isOwn = other.life.equals(knower.life);
            boolean isEarlierLife = !isOwn && names.get(other.life).equals(names.get(knower.life));
            if (isOwn && other != knower) {
                learn(knower, other.index, other.end < knower.begin, other.begin < knower.end);
            } else if (isEarlierLife) {
                inherit(knower, other);
            }
        }
        for (Journal.Assigned assigned : journal.assigned) {
            if (assigned.life().equals(knower.life) && assigned.begin() < knower.end) {
                takeOver(knower, assigned);
            }
        }
    }

    /** Before its first send to a topic a life takes over what stands there of the lives before it. */
    private void inherit(Knower knower, Knower other) {
        Landed record = landed.get(other.index);
        Journal.Sent first = firstSends
                .getOrDefault(knower.life, Map.of())
                .get(record.partition().topic());
        if (first != null) {
            long acknowledged = journal.acknowledged.getOrDefault(record.value(), Long.MAX_VALUE);
            boolean hasSent = knower.index >= 0 || first.end() < knower.begin;
            boolean surely = hasSent && acknowledged < beginnings.get(knower.life);
            learn(knower, other.index, surely, first.begin() < knower.end);
        }
    }

    private void takeOver(Knower knower, Journal.Assigned assigned) {
        for (int i = 0; i < landed.size(); i++) {
            Landed record = landed.get(i);
            if (record.partition().equals(assigned.partition()) && record.offset() < assigned.offset()) {
                learn(knower, i, assigned.end() < knower.begin, true);
            }
        }
        for (Knower commit : commits.getOrDefault(assigned.partition(), List.of())) {
            if (commit.begin < assigned.end()) {
                knower.may.or(commit.may);
            }
        }
    }

    private void learn(Knower knower, Integer index, boolean surely, boolean possibly) {
        if (index == null) {
            return; // never landed
        }
        Knower known = events.get(index);
        if (surely) {
            knower.must.or(known.must);
            knower.must.set(index);
        }
        if (possibly) {
            knower.may.or(known.may);
            knower.may.set(index);
        }
    }

    private void check(Landed record) {
        Knower knower = events.get(byValue.get(record.value()));
        for (int i = 0; i < landed.size(); i++) {
            Landed other = landed.get(i);
            if (i == knower.index) {
                continue;
            }
            boolean claims = record.stamp().clock().includes(other.stamp().dot());
            if (knower.must.get(i) && !claims) {
                faults.add("forgotten: " + record.stamp().dot() + " (" + record.value() + ") does not know "
                        + other.stamp().dot() + " (" + other.value() + ")");
            }
            if (claims && !knower.may.get(i)) {
                faults.add("over-claimed: " + record.stamp().dot() + " (" + record.value() + ") knows "
                        + other.stamp().dot() + " (" + other.value() + ")");
            }
            required += knower.must.get(i) ? 1 : 0;
            claimed += claims ? 1 : 0;
        }
    }
}
