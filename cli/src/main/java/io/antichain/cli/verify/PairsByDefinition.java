package io.antichain.cli.verify;

import java.util.Arrays;

/**
 * What the definition says, for each event, of those that arrived earlier: a → b iff clock(b)[process(a)] ≥ counter(a), a and
 * b are concurrent iff neither holds, and they are within the window iff b is among the next so many arrivals after a.
 *
 * <p>Along a sequence everything rises, so those of one sequence that are concurrent with an event stand together, and for all
 * events of another they are found by going along both at once. Time: the number of events times the sequences that they are
 * compared with. Nothing of the order engine is used.
 */
final class PairsByDefinition {
    /**
     * Those of a sequence that are concurrent with an event and arrived before it: positions from, inclusive, to, exclusive.
     * Those up to {@code window} arrived too long before.
     */
    record Range(int from, int window, int to) {}

    private static final Range NONE = new Range(0, 0, 0);

    /** Whether two events, by position, are a pair that counts if they are concurrent. */
    @FunctionalInterface
    interface Condition {
        boolean holds(int position, int other);
    }

    private final Sequences sequences;
    private final int window;
    /** Null if every pair counts. */
    private final Condition condition;
    /** The sum of the marks of all that each event is concurrent with within the window. */
    private final long[] marks;

    private long total;
    private long beyond;

    /** @param condition which pairs count, null for all */
    PairsByDefinition(Sequences sequences, int window, Condition condition) {
        this.condition = condition;
        this.sequences = sequences;
        this.window = window;
        this.marks = new long[sequences.size()];
        for (int first = 0; first < sequences.count(); ) {
            int end = sequences.firstOf(sequences.group(first) + 1, 0);
            for (int i = first; i < end; i++) {
                for (int j = sequences.firstOf(sequences.group(i), sequences.process(i) + 1); j < end; j++) {
                    comparePair(i, j);
                }
            }
            first = end;
        }
    }

    /** The sum of the marks of all events that the one at {@code position} is concurrent with within the window. */
    long marks(int position) {
        return marks[position];
    }

    /** How many concurrent pairs there are. */
    long total() {
        return total;
    }

    /** How many of them are beyond the window. */
    long beyond() {
        return beyond;
    }

    private void comparePair(int i, int j) {
        long[] knownOfJ = column(i, sequences.process(j));
        long[] knownOfI = column(j, sequences.process(i));
        goAlong(i, j, knownOfJ, knownOfI);
        goAlong(j, i, knownOfI, knownOfJ);
    }

    private long[] column(int sequence, int process) {
        int start = sequences.start(sequence);
        long[] column = new long[sequences.end(sequence) - start];
        Arrays.setAll(column, k -> sequences.entry(start + k, process));
        return column;
    }

    /** For each event of j: those of i that it does not know, that do not know it, and that arrived earlier. */
    private void goAlong(int i, int j, long[] knownOfJ, long[] knownOfI) {
        int start = sequences.start(i);
        int end = sequences.end(i);
        int from = start;
        int knowing = start;
        int arrived = start;
        int left = start;
        for (int position = sequences.start(j); position < sequences.end(j); position++) {
            long known = knownOfI[position - sequences.start(j)];
            long counter = sequences.counter(position);
            int arrival = sequences.arrival(position);
            while (from < end && sequences.counter(from) <= known) {
                from++;
            }
            while (knowing < end && knownOfJ[knowing - start] < counter) {
                knowing++;
            }
            while (arrived < end && sequences.arrival(arrived) < arrival) {
                arrived++;
            }
            while (left < arrived && sequences.arrival(left) < arrival - window) {
                left++;
            }
            int to = Math.min(knowing, arrived);
            if (from < to) {
                add(position, from, Math.max(from, Math.min(left, to)), to);
            }
        }
    }

    private void add(int position, int from, int within, int to) {
        if (condition == null) {
            marks[position] += sequences.marks(within, to);
            total += to - from;
            beyond += within - from;
            return;
        }
        for (int other = from; other < to; other++) {
            if (condition.holds(position, other)) {
                marks[position] += other < within ? 0 : sequences.marks(other, other + 1);
                total++;
                beyond += other < within ? 1 : 0;
            }
        }
    }

    /** Whether two events are a pair that counts if they are concurrent. */
    boolean counts(int position, int other) {
        return condition == null || condition.holds(position, other);
    }

    /** Those of a sequence that are concurrent with the event at {@code position}, and arrived before it. */
    Range range(int position, int sequence) {
        int own = sequences.sequenceAt(position);
        int process = sequences.process(own);
        if (process == sequences.process(sequence)) {
            return NONE;
        }
        int from = sequences.atLeast(sequence, sequences.entry(position, sequences.process(sequence)) + 1);
        long counter = sequences.counter(position);
        int to = sequences.first(sequence, other -> sequences.entry(other, process) >= counter);
        int arrival = sequences.arrival(position);
        to = Math.min(to, sequences.first(sequence, other -> sequences.arrival(other) >= arrival));
        int left = Math.max(from, sequences.first(sequence, other -> sequences.arrival(other) >= arrival - window));
        return from < to ? new Range(from, Math.min(left, to), to) : NONE;
    }
}
