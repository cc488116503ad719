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
        ProcessId[] sortedProcesses = processes.clone();
        long[] sortedCounters = counters.clone();
        if (!isRising(processes)) {
            int[] order = sortedByProcess(processes);
            for (int i = 0; i < order.length; i++) {
                sortedProcesses[i] = processes[order[i]];
                sortedCounters[i] = counters[order[i]];
            }
        }
        int size = withoutZeros(sortedProcesses, sortedCounters);
        return size == processes.length
                ? new VectorClock(ProcessSet.of(sortedProcesses), sortedCounters)
                : new VectorClock(
                        ProcessSet.of(Arrays.copyOf(sortedProcesses, size)), Arrays.copyOf(sortedCounters, size));
    }

    /** Checks the entries, and moves those that are not 0 to the front; returns how many there are. */
    private static int withoutZeros(ProcessId[] processes, long[] counters) {
        int size = 0;
        for (int i = 0; i < counters.length; i++) {
            long counter = counters[i];
            if (counter < 0 || counter > Dot.MAX_COUNTER) {
                throw new IllegalArgumentException("A clock's entry is 0 to 2^53 - 1: process=" + processes[i]
                        + ", entry=" + counter + "; the sender's clock is broken");
            }
            if (counter > 0) {
                processes[size] = processes[i];
                counters[size++] = counter;
            }
        }
        return size;
    }

    private static boolean isRising(ProcessId[] processes) {
        for (int i = 1; i < processes.length; i++) {
            if (processes[i - 1].compareTo(processes[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The indices of {@code processes} in the order of the processes. */
    private static int[] sortedByProcess(ProcessId[] processes) {
        int[] order = new int[processes.length];
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
