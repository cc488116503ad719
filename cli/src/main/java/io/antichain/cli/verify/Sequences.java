package io.antichain.cli.verify;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The events that count and are in scope, by group, in each by process, in each by strand: a <em>sequence</em> is one strand
 * of what one process published in one group. Along it, arrival, counters and clock entries rise. Sequences and positions
 * are numbered from 0.
 */
final class Sequences {
    private final VerifiedLog log;
    private final Arrivals arrivals;
    /** Events by group, process, strand and counter. */
    private final int[] events;
    /** The first position of each sequence, and the end. */
    private final int[] starts;
    /** For each position, the sum of the marks of all before it. */
    private final long[] marks;

    private final int count;

    Sequences(VerifiedLog log, Arrivals arrivals) {
        this.log = log;
        this.arrivals = arrivals;
        Integer[] sorted = IntStream.range(0, log.size())
                .filter(row -> arrivals.arrival[row] != Arrivals.NEVER && log.isInScope(row))
                .boxed()
                .sorted(this::compare)
                .toArray(Integer[]::new);
        events = new int[sorted.length];
        marks = new long[sorted.length + 1];
        int[] begins = new int[sorted.length + 1];
        int sequences = 0;
        for (int position = 0; position < sorted.length; position++) {
            events[position] = sorted[position];
            marks[position + 1] = marks[position] + mark(log.process[events[position]], log.counter[events[position]]);
            if (position == 0 || sequenceOrder(events[position - 1], events[position]) != 0) {
                begins[sequences++] = position;
            }
        }
        begins[sequences] = sorted.length;
        starts = Arrays.copyOf(begins, sequences + 1);
        count = sequences;
    }

    private int compare(int a, int b) {
        int order = sequenceOrder(a, b);
        return order != 0 ? order : Long.compare(log.counter[a], log.counter[b]);
    }

    private int sequenceOrder(int a, int b) {
        int order = Integer.compare(log.group[a], log.group[b]);
        order = order != 0 ? order : Integer.compare(log.process[a], log.process[b]);
        return order != 0 ? order : Integer.compare(arrivals.strand[a], arrivals.strand[b]);
    }

    /** 64 bits that stand for an event. What stands for several is their sum. */
    static long mark(int process, long counter) {
        return mixed(mixed((process + 1L) * 0x9E3779B97F4A7C15L + counter));
    }

    private static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
        return hash ^ (hash >>> 32);
    }

    /** The sum of the marks of the positions from, inclusive, to, exclusive. */
    long marks(int from, int to) {
        return marks[to] - marks[from];
    }

    int size() {
        return events.length;
    }

    int count() {
        return count;
    }

    int start(int sequence) {
        return starts[sequence];
    }

    int end(int sequence) {
        return starts[sequence + 1];
    }

    int group(int sequence) {
        return log.group[events[starts[sequence]]];
    }

    int process(int sequence) {
        return log.process[events[starts[sequence]]];
    }

    /** The first sequence that is of a group and, in it, of a process of at least that number; else what follows it. */
    int firstOf(int group, int process) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Integer.compare(group(middle), group);
            if ((order != 0 ? order : Integer.compare(process(middle), process)) >= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    int event(int position) {
        return events[position];
    }

    long counter(int position) {
        return log.counter[events[position]];
    }

    /** When the event arrived, from 0 in its partition. */
    int arrival(int position) {
        return arrivals.arrival[events[position]];
    }

    /** What the event at {@code position} knew of {@code process}. */
    long entry(int position, int process) {
        return log.clocks.entry(events[position], process);
    }

    /** The position of each event; -1 for those that do not count. */
    int[] positions() {
        int[] positions = new int[log.size()];
        Arrays.fill(positions, -1);
        for (int position = 0; position < events.length; position++) {
            positions[events[position]] = position;
        }
        return positions;
    }

    /** The sequence that holds {@code position}. */
    int sequenceAt(int position) {
        int found = Arrays.binarySearch(starts, 0, count, position);
        return found >= 0 ? found : -found - 2;
    }

    /** The first position of a sequence whose counter is at least {@code counter}; its end if there is none. */
    int atLeast(int sequence, long counter) {
        return first(sequence, position -> counter(position) >= counter);
    }

    /** The first position of a sequence from which on something holds; its end if it holds nowhere. */
    int first(int sequence, IntPredicate holds) {
        int low = start(sequence);
        int high = end(sequence);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
