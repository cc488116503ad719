package io.antichain.cli.verify;

import io.antichain.cli.verify.PairsByDefinition.Range;
import io.antichain.cli.verify.ReportedRuns.Stretch;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Scope;
import java.util.BitSet;
import java.util.List;

/**
 * Holds the records of one log against the definition: a pair is in the record of its later event. A record that names exactly what the
 * definition names is right, which is seen by comparing 64 bits; any other is taken apart.
 */
final class RecordCheck {
    private final VerifiedLog log;
    private final Arrivals arrivals;
    private final Sequences sequences;
    private final PairsByDefinition definition;
    private final ReportedRuns runs;
    private final Differences differences;
    private final BitSet recorded = new BitSet();

    RecordCheck(VerifiedLog log, Arrivals arrivals, Sequences sequences, Differences differences) {
        this.log = log;
        this.arrivals = arrivals;
        this.sequences = sequences;
        this.definition = new PairsByDefinition(
                sequences,
                log.limits().window(),
                log.pairs.isEmpty()
                        ? null
                        : (position, other) -> log.pairs.arePair(sequences.event(position), sequences.event(other)));
        this.runs = new ReportedRuns(log, sequences);
        this.differences = differences;
    }

    /** Takes the one record of the event at {@code position}. */
    void take(int position, Conflict conflict) {
        recorded.set(position);
        List<Stretch> reported = runs.find(conflict, sequences.group(sequences.sequenceAt(position)));
        long marks = 0;
        for (Stretch stretch : reported) {
            marks += sequences.marks(stretch.from(), stretch.to());
        }
        if (marks != definition.marks(position) || conflict.complete() && hasBeyond(position)) {
            takeApart(position, conflict.complete(), reported);
        }
        runs.countUnfound(conflict, reported, differences);
    }

    private boolean hasBeyond(int position) {
        int group = sequences.group(sequences.sequenceAt(position));
        boolean isYoung = sequences.arrival(position) <= log.limits().window();
        for (int s = sequences.firstOf(group, 0); !isYoung && s < sequences.firstOf(group + 1, 0); s++) {
            Range range = definition.range(position, s);
            if (range.from() < range.window()) {
                return true;
            }
        }
        return false;
    }

    /** Pair by pair: what the definition names and the record does not, and the reverse. */
    private void takeApart(int position, boolean complete, List<Stretch> reported) {
        int group = sequences.group(sequences.sequenceAt(position));
        BitSet named = new BitSet();
        for (Stretch stretch : reported) {
            for (int other = stretch.from(); other < stretch.to(); other++) {
                if (named.get(other)) {
                    differences.extra(dot(position), dot(other));
                }
                named.set(other);
            }
        }
        for (int sequence = sequences.firstOf(group, 0); sequence < sequences.firstOf(group + 1, 0); sequence++) {
            Range range = definition.range(position, sequence);
            for (int other = range.from(); other < range.window(); other++) {
                if (named.get(other) && mayBeRemembered(position, other) && definition.counts(position, other)) {
                    named.clear(other);
                    differences.remembered++;
                } else if (!named.get(other) && complete && definition.counts(position, other)) {
                    differences.falselyComplete++;
                    differences.missing(dot(position), dot(other));
                }
            }
            for (int other = range.window(); other < range.to(); other++) {
                if (definition.counts(position, other)) {
                    if (!named.get(other)) {
                        differences.missing(dot(position), dot(other));
                    }
                    named.clear(other);
                }
            }
        }
        named.stream().forEach(other -> differences.extra(dot(position), dot(other)));
    }

    /** Whether a pair beyond the window may be reported: a sibling is remembered, and what comes again is new. */
    private boolean mayBeRemembered(int position, int other) {
        return log.scope() == Scope.KEY
                || arrivals.isAgain(sequences.event(position))
                || arrivals.isAgain(sequences.event(other));
    }

    private Dot dot(int position) {
        return log.dot(sequences.event(position));
    }

    /** Looks for what no record says. No further record comes. */
    void finish() {
        for (int position = 0; position < sequences.size(); position++) {
            if (definition.marks(position) != 0 && !recorded.get(position)) {
                takeApart(position, false, List.of());
            }
        }
    }

    /** How many concurrent pairs there are. */
    long concurrentPairs() {
        return definition.total();
    }

    /** How many of them lie beyond the window and are not reported; only when finished. */
    long beyond() {
        return definition.beyond() - differences.remembered - differences.falselyComplete;
    }
}
