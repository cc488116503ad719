package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Numbers the processes 0, 1, 2, … in the order in which they are first named, and spreads clocks into arrays by these
 * numbers. A name becomes known by {@link #admit} alone, so that a refused clock leaves nothing behind.
 */
final class ProcessTable {
    private static final int FIRST_CAPACITY = 8;

    private final Map<ProcessId, Integer> numbers = new HashMap<>();
    private final List<ProcessId> processes = new ArrayList<>();
    private final Spreader spreader = new Spreader();

    int size() {
        return processes.size();
    }

    ProcessId process(int number) {
        return processes.get(number);
    }

    /** The process's number, or -1 if it was never named. */
    int number(ProcessId process) {
        Integer number = numbers.get(process);
        return number == null ? -1 : number;
    }

    /** Names a process, and returns its number. */
    int name(ProcessId process) {
        Integer number = numbers.putIfAbsent(process, processes.size());
        if (number != null) {
            return number;
        }
        processes.add(process);
        return processes.size() - 1;
    }

    /**
     * The clock's entries by process number, at least {@link #size} long; of named processes only. The array is used again
     * by the next call.
     */
    long[] spread(VectorClock clock) {
        return spreader.spread(clock);
    }

    /** How many processes the clock spread last names that were never named before. */
    int unnamed() {
        return spreader.unnamed.size();
    }

    /** Names them, and returns the same clock with their entries. */
    long[] admit(VectorClock clock) {
        spreader.unnamed.forEach(this::name);
        return spreader.spread(clock);
    }

    void write(FrontierWriter out) {
        out.number(processes.size());
        for (ProcessId process : processes) {
            out.text(process.name());
            out.number(process.incarnation());
        }
    }

    static ProcessTable read(FrontierReader in) {
        ProcessTable table = new ProcessTable();
        for (int count = in.count(); count > 0; count--) {
            table.name(new ProcessId(in.text(), in.count()));
        }
        return table;
    }

    /**
     * Clocks of one system mostly name the same processes in the same order, so the k-th entry is mostly that of the process
     * which was k-th before: one comparison of references instead of a look-up.
     */
    private final class Spreader implements ObjLongConsumer<ProcessId> {
        final List<ProcessId> unnamed = new ArrayList<>();
        private long[] entries = new long[FIRST_CAPACITY];
        private ProcessId[] order = new ProcessId[FIRST_CAPACITY];
        private int[] orderNumbers = new int[FIRST_CAPACITY];
        private int next;

        long[] spread(VectorClock clock) {
            if (entries.length < size() || order.length < clock.size()) {
                int capacity = 2 * Math.max(size(), clock.size());
                entries = new long[capacity];
                order = Arrays.copyOf(order, capacity);
                orderNumbers = Arrays.copyOf(orderNumbers, capacity);
            } else {
                Arrays.fill(entries, 0, size(), 0);
            }
            unnamed.clear();
            next = 0;
            clock.forEach(this);
            return entries;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a short cut, not the rule
        public void accept(ProcessId process, long entry) {
            int k = next++;
            if (order[k] != process) {
                int number = number(process);
                if (number < 0) {
                    unnamed.add(process);
                    return;
                }
                order[k] = process;
                orderNumbers[k] = number;
            }
            entries[orderNumbers[k]] = entry;
        }
    }
}
