package io.antichain.clocks;

import java.util.Arrays;

/** A clock's entries as anyone may write them, checked, sorted and without zeros. */
final class SortedEntries {
    private SortedEntries() {}

    static VectorClock clock(ProcessId[] processes, long[] counters) {
        if (processes.length != counters.length) {
            throw new IllegalArgumentException("Each process has one entry: processes=" + processes.length
                    + ", entries=" + counters.length + "; give two arrays of one length");
        }
        ProcessId[] sortedProcesses = new ProcessId[processes.length];
        long[] sortedCounters = new long[processes.length];
        int size = 0;
        for (int from : sortedByProcess(processes)) {
            if (counters[from] < 0 || counters[from] > Dot.MAX_COUNTER) {
                throw new IllegalArgumentException("A clock's entry is 0 to 2^53 - 1: process=" + processes[from]
                        + ", entry=" + counters[from] + "; the sender's clock is broken");
            }
            if (counters[from] > 0) {
                sortedProcesses[size] = processes[from];
                sortedCounters[size++] = counters[from];
            }
        }
        return size == processes.length
                ? new VectorClock(ProcessSet.of(sortedProcesses), sortedCounters)
                : new VectorClock(
                        ProcessSet.of(Arrays.copyOf(sortedProcesses, size)), Arrays.copyOf(sortedCounters, size));
    }

    /** The indices of {@code processes} in the order of the processes. */
    private static int[] sortedByProcess(ProcessId[] processes) {
        int[] order = new int[processes.length];
        boolean rising = true;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            rising &= i == 0 || processes[i - 1].compareTo(processes[i]) < 0;
        }
        if (rising) {
            return order;
        }
        Integer[] boxed = new Integer[order.length];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, (a, b) -> processes[a].compareTo(processes[b]));
        for (int i = 0; i < order.length; i++) {
            order[i] = boxed[i];
            if (i > 0 && processes[order[i - 1]].equals(processes[order[i]])) {
                throw new IllegalArgumentException("A clock names each process once: process=" + processes[order[i]]
                        + "; remove one of its entries");
            }
        }
        return order;
    }
}
