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
 * numbers. A name becomes known by {@link #admit} and {@link #name} alone, so that a refused clock leaves nothing behind. The number of a
 * process that was forgotten is given to another.
 */
final class ProcessTable {
    private static final int FIRST_CAPACITY = 8;

    private final Map<ProcessId, Integer> numbers = new HashMap<>();
    /** By number; null where one is free. */
    private ProcessId[] processes = new ProcessId[FIRST_CAPACITY];

    private int size;
    /** By number: how many numbers had been freed when it was given to the process. */
    private final List<Long> namedAt = new ArrayList<>();

    private final List<Integer> free = new ArrayList<>();
    private long freed;
    private final Spreader spreader = new Spreader();

    /** All numbers are below it. */
    int size() {
        return size;
    }

    /** How many processes have a number. */
    int named() {
        return numbers.size();
    }

    /** The process with this number, null if it is free. */
    ProcessId process(int number) {
        return processes[number];
    }

    /** The process's number, or -1 if it has none. */
    int number(ProcessId process) {
        Integer number = numbers.get(process);
        return number == null ? -1 : number;
    }

    /** How many numbers have been freed: what is written down with a number holds as long as {@link #isSince} says so. */
    long freed() {
        return freed;
    }

    /** Whether the number stood for the same process as now when so many numbers had been freed. */
    boolean isSince(int number, long freedThen) {
        return processes[number] != null && namedAt.get(number) <= freedThen;
    }

    /** The process's number, a new one if it has none. */
    int name(ProcessId process) {
        int known = number(process);
        if (known >= 0) {
            return known;
        }
        int number = free.isEmpty() ? size : free.remove(free.size() - 1);
        set(number, process, freed);
        return number;
    }

    private void set(int number, ProcessId process, long freedThen) {
        if (number == processes.length) {
            processes = Arrays.copyOf(processes, 2 * number);
        }
        if (number == size) {
            size++;
            namedAt.add(freedThen);
        } else {
            namedAt.set(number, freedThen);
        }
        processes[number] = process;
        if (process != null) {
            numbers.put(process, number);
        }
    }

    /** Forgets the process; nothing may stand under its number any more. */
    void free(int number) {
        numbers.remove(processes[number]);
        processes[number] = null;
        free.add(number);
        freed++;
        spreader.forgetOrder();
    }

    /**
     * The clock's entries by process number, at least {@link #size} long; of named processes only. The array is used again
     * by the next call.
     *
     * @param sender whose clock it is
     */
    long[] spread(VectorClock clock, ProcessId sender) {
        return spreader.spread(clock, sender);
    }

    /** The clock with these entries, by process number; those of free numbers are 0. */
    VectorClock clock(long[] entries) {
        ProcessId[] named = new ProcessId[size];
        long[] counters = new long[size];
        int count = 0;
        for (int number = 0; number < size; number++) {
            if (entries[number] > 0) {
                named[count] = processes[number];
                counters[count++] = entries[number];
            }
        }
        return VectorClock.of(Arrays.copyOf(named, count), Arrays.copyOf(counters, count));
    }

    /** The number of the sender of the clock spread last, or -1 if it has none. */
    int sender() {
        return spreader.sender >= 0 ? spreader.sender : number(spreader.senderId);
    }

    /** How many processes the clock spread last names that have no number. */
    int unnamed() {
        return spreader.unnamed.size();
    }

    /** Names them. */
    void admit() {
        spreader.unnamed.forEach(this::name);
    }

    void write(FrontierWriter out) {
        out.number(freed);
        out.number(size);
        for (int number = 0; number < size; number++) {
            ProcessId process = processes[number];
            out.flags(process != null);
            if (process != null) {
                out.text(process.name());
                out.number(process.incarnation());
                out.number(namedAt.get(number));
            }
        }
        out.number(free.size());
        free.forEach(out::number);
    }

    static ProcessTable read(FrontierReader in) {
        ProcessTable table = new ProcessTable();
        table.freed = in.number();
        int count = in.count();
        for (int number = 0; number < count; number++) {
            boolean isNamed = in.flags(1)[0];
            ProcessId process = isNamed ? new ProcessId(in.text(), in.count()) : null;
            table.set(number, process, isNamed ? in.number() : 0);
        }
        for (int left = in.count(); left > 0; left--) {
            table.free.add(in.count());
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
        private ProcessId senderId;
        private int sender;

        long[] spread(VectorClock clock, ProcessId of) {
            senderId = of;
            sender = -1;
            if (entries.length < size() || order.length < clock.size()) {
                int capacity = 2 * Math.max(size(), clock.size());
                entries = new long[capacity];
                order = Arrays.copyOf(order, capacity);
                orderNumbers = Arrays.copyOf(orderNumbers, capacity);
            } else if (clock.size() != size()) {
                Arrays.fill(entries, 0, size(), 0);
            }
            read(clock);
            if (!unnamed.isEmpty()) { // then not each entry was set
                Arrays.fill(entries, 0, size(), 0);
                read(clock);
            }
            return entries;
        }

        private void read(VectorClock clock) {
            unnamed.clear();
            next = 0;
            clock.forEach(this);
        }

        void forgetOrder() {
            Arrays.fill(order, null);
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
            if (process == senderId) {
                sender = orderNumbers[k];
            }
        }
    }
}
