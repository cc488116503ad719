package io.antichain.cli.verify;

import java.util.Arrays;

/**
 * The events that count, by group, in each by process, in each by counter: a <em>sequence</em> is what one process published
 * in one group. Sequences and positions are numbered from 0.
 */
final class Sequences {
    private final VerifiedLog log;
    /** Events by group, process and counter. */
    private final int[] events;
    /** The first position of each sequence, and the end. */
    private final int[] starts;

    private final int count;

    Sequences(VerifiedLog log) {
        this.log = log;
        Integer[] sorted = new Integer[log.size()];
        int size = 0;
        for (int event = 0; event < log.size(); event++) {
            if (!log.isRefused(event)) {
                sorted[size++] = event;
            }
        }
        Arrays.sort(sorted, 0, size, this::compare);
        events = new int[size];
        int[] begins = new int[size + 1];
        int sequences = 0;
        for (int position = 0; position < size; position++) {
            events[position] = sorted[position];
            if (position == 0 || !sameSequence(events[position - 1], events[position])) {
                begins[sequences++] = position;
            }
        }
        begins[sequences] = size;
        starts = Arrays.copyOf(begins, sequences + 1);
        count = sequences;
    }

    private int compare(int a, int b) {
        int order = Integer.compare(log.group[a], log.group[b]);
        order = order != 0 ? order : Integer.compare(log.process[a], log.process[b]);
        order = order != 0 ? order : Long.compare(log.counter[a], log.counter[b]);
        return order != 0 ? order : Integer.compare(a, b);
    }

    private boolean sameSequence(int a, int b) {
        return log.group[a] == log.group[b] && log.process[a] == log.process[b];
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

    /** The first sequence of the group that {@code sequence} is in. */
    int firstOfGroup(int sequence) {
        int first = sequence;
        while (first > 0 && group(first - 1) == group(sequence)) {
            first--;
        }
        return first;
    }

    /** The end of the sequences of the group that {@code sequence} is in. */
    int endOfGroup(int sequence) {
        int end = sequence + 1;
        while (end < count && group(end) == group(sequence)) {
            end++;
        }
        return end;
    }

    int event(int position) {
        return events[position];
    }

    long counter(int position) {
        return log.counter[events[position]];
    }

    long offset(int position) {
        return log.offset[events[position]];
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
        int low = start(sequence);
        int high = end(sequence);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (counter(middle) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
