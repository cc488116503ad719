package io.antichain.cli.verify;

import io.antichain.cli.verify.Definition.Range;
import io.antichain.cli.verify.Verification.Pair;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes conflict records one by one and holds each against the definition. A record whose runs are exactly the ranges that
 * the definition gives is right, which is seen by comparing 64 bits; any other is taken apart.
 */
public final class Comparison {
    private final VerifiedLog log;
    private final Sequences sequences;
    private final Definition definition;
    private final int[] positions;
    private final BitSet recorded;
    /** Of conflicts in several records, those that came. */
    private final Map<Dot, List<Conflict>> unfinished = new HashMap<>();

    private final List<Pair> missing = new ArrayList<>();
    private final List<Pair> extra = new ArrayList<>();
    private long missingPairs;
    private long extraPairs;
    private long reportedPairs;
    private long duplicates;
    private long incomplete;
    private long unchecked;

    /** @param log all events, and what was refused of them */
    public Comparison(VerifiedLog log) {
        this.log = log;
        this.sequences = new Sequences(log);
        this.definition = new Definition(sequences);
        this.positions = sequences.positions();
        this.recorded = new BitSet(log.size());
    }

    /** Takes the next record. Records of events that came after the log was read are not looked at. */
    public void take(Conflict record) {
        if (record.scope() != log.scope()) {
            return;
        }
        if (record.parts() == 1) {
            takeWhole(record);
            return;
        }
        List<Conflict> before = unfinished.computeIfAbsent(record.event().dot(), dot -> new ArrayList<>());
        if (record.part() == before.size() + 1) {
            before.add(record);
        } else {
            duplicates += record.part() <= before.size() ? 1 : 0;
        }
        if (before.size() == record.parts()) {
            takeWhole(Conflict.joined(unfinished.remove(record.event().dot())));
        }
    }

    private void takeWhole(Conflict conflict) {
        int partition = conflict.event().partition();
        long offset = conflict.event().offset();
        if (log.isLater(partition, offset)) {
            return;
        }
        incomplete += conflict.complete() ? 0 : 1;
        reportedPairs += conflict.pairs();
        int event = log.find(partition, offset);
        boolean known = event >= 0
                && positions[event] >= 0
                && log.dot(event).equals(conflict.event().dot());
        if (!known) {
            if (log.isGone(partition, offset)) {
                unchecked += conflict.pairs();
            } else {
                extraPairs += Math.max(1, conflict.pairs());
            }
        } else if (recorded.get(event)) {
            duplicates++;
            extraPairs += conflict.pairs();
        } else {
            recorded.set(event);
            compare(positions[event], conflict);
        }
    }

    private void compare(int position, Conflict conflict) {
        long marks = 0;
        boolean here = true;
        for (Run run : conflict.runs()) {
            here &= run.firstPartition() == conflict.event().partition();
            marks += Definition.mark(
                    log.processNumber(run.process()), run.firstCounter(), run.lastCounter(), run.length());
        }
        if (!here || marks != definition.marks(position) || conflict.pairs() != definition.pairs(position)) {
            takeApart(position, conflict);
        }
    }

    /** Pair by pair: what the definition names and the record does not, and the reverse. */
    private void takeApart(int position, Conflict conflict) {
        Dot later = conflict.event().dot();
        long found = 0;
        long boasted = 0;
        int own = sequences.sequenceAt(position);
        for (int sequence = sequences.firstOfGroup(own); sequence < sequences.endOfGroup(own); sequence++) {
            List<Range> defined = sequence == own ? List.of() : definition.ranges(position, sequence);
            BitSet pairs = new BitSet();
            int start = sequences.start(sequence);
            for (Range range : reported(conflict, sequence)) {
                for (int other = range.from(); other < range.to(); other++) {
                    if (pairs.get(other - start)) {
                        boasted++;
                        name(extra, later, other);
                    }
                    pairs.set(other - start);
                    found++;
                }
            }
            for (Range range : defined) {
                for (int other = range.from(); other < range.to(); other++) {
                    if (!pairs.get(other - start)) {
                        missingPairs++;
                        name(missing, later, other);
                    }
                    pairs.clear(other - start);
                }
            }
            boasted += pairs.cardinality();
            pairs.stream().forEach(other -> name(extra, later, start + other));
        }
        extraPairs += boasted;
        countUnfound(conflict, conflict.pairs() - found);
    }

    private List<Range> reported(Conflict conflict, int sequence) {
        return conflict.runs().stream()
                .filter(run -> log.processNumber(run.process()) == sequences.process(sequence)
                        && run.firstPartition() == conflict.event().partition())
                .map(run -> new Range(
                        sequences.atLeast(sequence, run.firstCounter()),
                        sequences.atLeast(sequence, run.lastCounter() + 1)))
                .sorted(Comparator.comparingInt(Range::from))
                .toList();
    }

    /** What runs count and the log does not hold: deleted since, or never there. */
    private void countUnfound(Conflict conflict, long unfound) {
        boolean gone = conflict.runs().stream().anyMatch(run -> log.isGone(run.firstPartition(), run.firstOffset()));
        if (gone) {
            unchecked += Math.max(0, unfound);
        } else {
            extraPairs += Math.max(0, unfound);
        }
    }

    private void name(List<Pair> pairs, Dot later, int position) {
        if (pairs.size() < Verification.NAMED) {
            pairs.add(new Pair(later, log.dot(sequences.event(position))));
        }
    }

    /**
     * What came of it.
     *
     * @param recordsGone whether the conflicts topic has lost its oldest records
     */
    public Verification finish(boolean recordsGone) {
        for (int position = 0; position < sequences.size(); position++) {
            int event = sequences.event(position);
            if (definition.pairs(position) > 0 && !recorded.get(event)) {
                missingPairs += definition.pairs(position);
                nameMissing(position);
            }
        }
        return new Verification(
                sequences.size(),
                definition.total(),
                reportedPairs,
                List.copyOf(missing),
                missingPairs,
                List.copyOf(extra),
                extraPairs,
                duplicates,
                incomplete,
                log.refused(),
                unchecked,
                recordsGone);
    }

    private void nameMissing(int position) {
        if (missing.size() == Verification.NAMED) {
            return;
        }
        int own = sequences.sequenceAt(position);
        for (int sequence = sequences.firstOfGroup(own); sequence < sequences.endOfGroup(own); sequence++) {
            if (sequence != own) {
                for (Range range : definition.ranges(position, sequence)) {
                    for (int other = range.from(); other < range.to(); other++) {
                        name(missing, log.dot(sequences.event(position)), other);
                    }
                }
            }
        }
    }
}
