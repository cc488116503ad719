package io.antichain.cli.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the definition says, for each event, of those that arrived earlier: a → b iff clock(b)[process(a)] ≥ counter(a), and
 * a and b are concurrent iff neither holds.
 *
 * <p>For two sequences, the concurrent events are found by going along both at once. That is right where counters, offsets
 * and entries rise along them, which is looked at first; where they do not, every two events are compared. Time: the number
 * of events times the processes they are compared with. Nothing of the order engine is used.
 */
final class Definition {
    /** A stretch of a sequence: positions from, inclusive, to, exclusive. */
    record Range(int from, int to) {
        int size() {
            return to - from;
        }
    }

    private final Sequences sequences;
    /** How many earlier events are concurrent with the event at a position. */
    private final long[] pairs;
    /** The sum of {@link #mark} over their ranges. */
    private final long[] marks;

    /** Pairs of sequences along which not everything rises. */
    private final Set<Long> unruly = new HashSet<>();

    private long total;

    Definition(Sequences sequences) {
        this.sequences = sequences;
        this.pairs = new long[sequences.size()];
        this.marks = new long[sequences.size()];
        for (int first = 0; first < sequences.count(); ) {
            int end = sequences.endOfGroup(first);
            for (int i = first; i < end; i++) {
                for (int j = i + 1; j < end; j++) {
                    comparePair(i, j);
                }
            }
            first = end;
        }
    }

    long pairs(int position) {
        return pairs[position];
    }

    long marks(int position) {
        return marks[position];
    }

    /** How many concurrent pairs there are. */
    long total() {
        return total;
    }

    /** 64 bits that stand for a range, as a record's run names it. */
    static long mark(int process, long firstCounter, long lastCounter, long length) {
        long hash = process + 1L;
        hash = mixed(hash * 0x9E3779B97F4A7C15L + firstCounter);
        hash = mixed(hash * 0x9E3779B97F4A7C15L + lastCounter);
        return mixed(hash * 0x9E3779B97F4A7C15L + length);
    }

    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }

    private void comparePair(int i, int j) {
        long[] knownOfJ = column(i, sequences.process(j));
        long[] knownOfI = column(j, sequences.process(i));
        if (rises(i, knownOfJ) && rises(j, knownOfI)) {
            goAlong(i, j, knownOfJ, knownOfI);
            goAlong(j, i, knownOfI, knownOfJ);
        } else {
            unruly.add(pair(i, j));
            unruly.add(pair(j, i));
            compareEach(i, j);
            compareEach(j, i);
        }
    }

    private static long pair(int i, int j) {
        return ((long) i << 32) | j;
    }

    private void compareEach(int i, int j) {
        for (int position = sequences.start(j); position < sequences.end(j); position++) {
            for (Range range : ranges(position, i)) {
                note(position, i, range);
            }
        }
    }

    /** Those of a sequence that arrived before the event at {@code position} and are concurrent with it. */
    List<Range> ranges(int position, int sequence) {
        int own = sequences.sequenceAt(position);
        int process = sequences.process(own);
        long known = sequences.entry(position, sequences.process(sequence));
        boolean scattered = unruly.contains(pair(sequence, own));
        List<Range> ranges = new ArrayList<>();
        int from = -1;
        for (int other = sequences.atLeast(sequence, known + 1); other < sequences.end(sequence); other++) {
            boolean concurrent = sequences.entry(other, process) < sequences.counter(position)
                    && sequences.offset(other) < sequences.offset(position);
            if (concurrent && from < 0) {
                from = other;
            } else if (!concurrent && from >= 0) {
                ranges.add(new Range(from, other));
                from = -1;
            }
            if (!concurrent && !scattered) {
                return ranges;
            }
        }
        if (from >= 0) {
            ranges.add(new Range(from, sequences.end(sequence)));
        }
        return ranges;
    }

    private long[] column(int sequence, int process) {
        int start = sequences.start(sequence);
        long[] column = new long[sequences.end(sequence) - start];
        for (int k = 0; k < column.length; k++) {
            column[k] = sequences.entry(start + k, process);
        }
        return column;
    }

    private boolean rises(int sequence, long[] known) {
        int start = sequences.start(sequence);
        for (int k = 1; k < known.length; k++) {
            if (known[k] < known[k - 1]
                    || sequences.counter(start + k) <= sequences.counter(start + k - 1)
                    || sequences.offset(start + k) <= sequences.offset(start + k - 1)) {
                return false;
            }
        }
        return true;
    }

    /** For each event of j: those of i that it does not know, that do not know it, and that arrived earlier. */
    private void goAlong(int i, int j, long[] knownOfJ, long[] knownOfI) {
        int start = sequences.start(i);
        int end = sequences.end(i);
        int from = start;
        int knowing = start;
        int arrived = start;
        for (int position = sequences.start(j); position < sequences.end(j); position++) {
            long known = knownOfI[position - sequences.start(j)];
            long counter = sequences.counter(position);
            long offset = sequences.offset(position);
            while (from < end && sequences.counter(from) <= known) {
                from++;
            }
            while (knowing < end && knownOfJ[knowing - start] < counter) {
                knowing++;
            }
            while (arrived < end && sequences.offset(arrived) < offset) {
                arrived++;
            }
            int to = Math.min(knowing, arrived);
            if (from < to) {
                note(position, i, new Range(from, to));
            }
        }
    }

    private void note(int position, int sequence, Range range) {
        pairs[position] += range.size();
        total += range.size();
        marks[position] += mark(
                sequences.process(sequence),
                sequences.counter(range.from()),
                sequences.counter(range.to() - 1),
                range.size());
    }
}
