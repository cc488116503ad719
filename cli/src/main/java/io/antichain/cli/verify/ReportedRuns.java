package io.antichain.cli.verify;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PrimitiveIterator;

/** Where the events stand that a record's runs name. */
final class ReportedRuns {
    /** Positions from, inclusive, to, exclusive. */
    record Stretch(int from, int to) {}

    private final VerifiedLog log;
    private final Sequences sequences;

    ReportedRuns(VerifiedLog log, Sequences sequences) {
        this.log = log;
        this.sequences = sequences;
    }

    /** All that are found, in the sequences of a group, by position. A run goes through each of its process's sequences. */
    List<Stretch> find(Conflict conflict, int group) {
        List<Stretch> found = new ArrayList<>();
        for (Run run : conflict.runs()) {
            int process = log.processNumber(run.process());
            int end = sequences.firstOf(group, process + 1);
            for (int sequence = sequences.firstOf(group, process); process >= 0 && sequence < end; sequence++) {
                add(found, run, sequence);
            }
        }
        found.sort(Comparator.comparingInt(Stretch::from));
        return found;
    }

    private void add(List<Stretch> found, Run run, int sequence) {
        if (run.counters().isEmpty()) {
            add(
                    found,
                    sequences.atLeast(sequence, run.firstCounter()),
                    sequences.atLeast(sequence, run.lastCounter() + 1));
            return;
        }
        for (PrimitiveIterator.OfLong each = run.eachCounter().iterator(); each.hasNext(); ) {
            long counter = each.nextLong();
            add(found, sequences.atLeast(sequence, counter), sequences.atLeast(sequence, counter + 1));
        }
    }

    private static void add(List<Stretch> found, int from, int to) {
        if (from < to) {
            found.add(new Stretch(from, to));
        }
    }

    /** Counts what runs name and the log does not hold: deleted since, or never there. */
    void countUnfound(Conflict conflict, List<Stretch> found, Differences differences) {
        long there = found.stream()
                .mapToLong(stretch -> stretch.to() - stretch.from())
                .sum();
        boolean isGone = conflict.runs().stream().anyMatch(run -> log.isGone(run.first()));
        if (isGone) {
            differences.unchecked += Math.max(0, conflict.pairs() - there);
        } else {
            differences.extraPairs += Math.abs(conflict.pairs() - there);
        }
    }
}
