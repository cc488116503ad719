package io.antichain.cli.verify;

import io.antichain.cli.verify.PairsByDefinition.Range;
import io.antichain.cli.verify.ReportedRuns.Stretch;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the order of arrival is not in the log: a pair is in one of the two records. It must be there if the window holds all
 * that the log holds, so that every order gives it, or if both records say that they are complete; else it may be beyond the
 * window. Every two concurrent events are looked at, and all runs are kept.
 */
final class CheckWithoutOrder implements RecordCheck {
    private final VerifiedLog log;
    private final Arrivals arrivals;
    private final Sequences sequences;
    private final PairsByDefinition definition;
    private final ReportedRuns runs;
    private final Differences differences;
    /** Of each event with a record, where the stretches begin and end that it names, by position. */
    private final int[][] named;

    private final BitSet complete = new BitSet();
    private long concurrentPairs;
    private long beyond;

    CheckWithoutOrder(VerifiedLog log, Arrivals arrivals, Sequences sequences, Differences differences) {
        this.log = log;
        this.arrivals = arrivals;
        this.sequences = sequences;
        this.definition = new PairsByDefinition(sequences, log.limits().window(), false);
        this.runs = new ReportedRuns(log, sequences);
        this.differences = differences;
        this.named = new int[sequences.size()][];
    }

    @Override
    public void take(int position, Conflict conflict) {
        List<Stretch> reported = runs.find(conflict, sequences.group(sequences.sequenceAt(position)));
        named[position] = reported.stream()
                .flatMapToInt(stretch -> IntStream.of(stretch.from(), stretch.to()))
                .toArray();
        complete.set(position, conflict.complete());
        int checked = 0;
        for (Stretch stretch : reported) {
            Range range = definition.range(position, sequences.sequenceAt(stretch.from()));
            for (int other = stretch.from(); other < stretch.to(); other++) {
                if (other < checked || !range.contains(other)) {
                    differences.extra(dot(position), dot(other));
                }
            }
            checked = Math.max(checked, stretch.to());
        }
        runs.countUnfound(conflict, reported, differences);
    }

    @Override
    public void finish() {
        for (int i = 0; i < sequences.count(); i++) {
            int end = sequences.firstOf(sequences.group(i) + 1, 0);
            for (int j = sequences.firstOf(sequences.group(i), sequences.process(i) + 1); j < end; j++) {
                for (int position = sequences.start(i); position < sequences.end(i); position++) {
                    Range range = definition.range(position, j);
                    for (int other = range.from(); other < range.to(); other++) {
                        lookAt(position, other);
                    }
                }
            }
        }
    }

    private void lookAt(int one, int other) {
        concurrentPairs++;
        boolean here = names(one, other);
        boolean there = names(other, one);
        boolean required = arrivals.fitsWindow(sequences.event(one));
        boolean bothComplete = complete.get(one) && complete.get(other);
        if (here && there) {
            boolean isNew = arrivals.isAgain(sequences.event(one)) || arrivals.isAgain(sequences.event(other));
            if (!isNew) {
                differences.extra(dot(one), dot(other));
            }
        } else if (!here && !there && (required || bothComplete)) {
            differences.falselyComplete += required ? 0 : 1;
            differences.missing(dot(one), dot(other));
        } else if (!here && !there) {
            beyond++;
        }
    }

    private boolean names(int position, int other) {
        int[] stretches = named[position];
        if (stretches == null) {
            return false;
        }
        int low = 0;
        int high = stretches.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stretches[2 * middle + 1] > other) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return 2 * low < stretches.length && stretches[2 * low] <= other;
    }

    private Dot dot(int position) {
        return log.dot(sequences.event(position));
    }

    @Override
    public long concurrentPairs() {
        return concurrentPairs;
    }

    @Override
    public long beyond() {
        return beyond;
    }
}
