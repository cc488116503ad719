package io.antichain.clocks;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * Per process, how many of its events are in a causal history. A missing entry is 0, and an explicit 0 equals a missing one.
 *
 * <p>Because a process's events are numbered without choice, the set of all events that happened before an event, and the
 * event itself, is described wholly by one number a process. So for clocks V, W of events v, w:
 *
 * <ol>
 *   <li>V ≤ W iff V[i] ≤ W[i] for every process i;
 *   <li>v happened before w iff V ≤ W and V ≠ W (the strong clock condition), which for v = (p, n) is the single
 *       look-up W[p] ≥ n;
 *   <li>merge is the entry-wise maximum, the least clock that is ≥ both: commutative, associative, idempotent.
 * </ol>
 *
 * <p>Sources: Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial Ordering" (1988); Mattern, "Virtual
 * Time and Global States of Distributed Systems" (1988). A vector clock is not a version vector: it counts events, not
 * updates of a replica.
 *
 * <pre>{@code
 * VectorClock sent = VectorClock.empty().tick(ProcessId.of("a")), heard = sent.tick(ProcessId.of("b"));
 * assert heard.toString().equals("{a=1, b=1}") && heard.includes(Dot.parse("a:1")) && !sent.includes(Dot.parse("b:1"));
 * }</pre>
 */
public final class VectorClock {
    // Invariants: counters[i] is the entry of processes.ids[i], and at least 1; both have one length.
    private static final int BLOCK = 8;
    private static final VectorClock EMPTY = new VectorClock(ProcessSet.EMPTY, new long[0]);

    private final ProcessSet processes;
    private final long[] counters;

    VectorClock(ProcessSet processes, long[] counters) {
        this.processes = processes;
        this.counters = counters;
    }

    /** The clock of an empty history. */
    public static VectorClock empty() {
        return EMPTY;
    }

    /**
     * The clock with these entries; zeros are left out.
     *
     * @throws IllegalArgumentException if an entry is below 0 or above {@link Dot#MAX_COUNTER}
     */
    public static VectorClock of(Map<ProcessId, Long> entries) {
        ProcessId[] processes = new ProcessId[entries.size()];
        long[] counters = new long[processes.length];
        int size = 0;
        for (Map.Entry<ProcessId, Long> entry : entries.entrySet()) {
            processes[size] = entry.getKey();
            counters[size++] = entry.getValue();
        }
        return of(processes, counters);
    }

    /**
     * The clock in which {@code processes[i]} has the entry {@code counters[i]}, in any order; zeros are left out. For
     * readers of many clocks, whom a map would cost more than the clock.
     *
     * @throws IllegalArgumentException if an entry is below 0 or above {@link Dot#MAX_COUNTER}, if a process is named
     *     twice, or if the arrays differ in length
     */
    public static VectorClock of(ProcessId[] processes, long[] counters) {
        return SortedEntries.clock(processes, counters);
    }

    /**
     * Reads the written form back: {@code parse("{node-1=5, node-2=3}")}. Entries may stand in any order, and zeros are
     * left out.
     *
     * @throws IllegalArgumentException if {@code text} is not of the form that {@link #toString} gives, names a process
     *     twice, or has an entry above {@link Dot#MAX_COUNTER}
     */
    public static VectorClock parse(String text) {
        return WrittenClock.parse(text);
    }

    /** How many events of {@code process} are in the history; 0 if none. */
    public long get(ProcessId process) {
        int index = processes.indexOf(process);
        return index < 0 ? 0 : counters[index];
    }

    /** Whether the event {@code dot} is in the history: it happened before the clock's event, or is it. */
    public boolean includes(Dot dot) {
        return get(dot.process()) >= dot.counter();
    }

    /** The clock of the next event of {@code process}, whose history this is. */
    public VectorClock tick(ProcessId process) {
        int index = processes.indexOf(process);
        long next = new Dot(process, index < 0 ? 1 : counters[index] + 1).counter();
        if (index >= 0) {
            long[] ticked = counters.clone();
            ticked[index] = next;
            return new VectorClock(processes, ticked);
        }
        ProcessSet wider = processes.with(process);
        int at = wider.indexOf(process);
        long[] ticked = new long[counters.length + 1];
        System.arraycopy(counters, 0, ticked, 0, at);
        ticked[at] = next;
        System.arraycopy(counters, at, ticked, at + 1, counters.length - at);
        return new VectorClock(wider, ticked);
    }

    /** The entry-wise maximum: the history that holds both histories. */
    public VectorClock merge(VectorClock other) {
        return switch (compare(other)) {
            case EQUAL, AFTER -> this;
            case BEFORE -> other;
            case CONCURRENT -> union(other);
        };
    }

    /** Compares the two histories: BEFORE iff this one is a proper part of {@code other}. Allocates nothing. */
    public CausalOrder compare(VectorClock other) {
        return processes == other.processes ? compareEntries(counters, other.counters) : compareByProcess(other);
    }

    /** How many processes have an entry above 0. */
    public int size() {
        return counters.length;
    }

    /** Calls {@code action} with each process and its counter, in the order of the process ids. */
    public void forEach(ObjLongConsumer<? super ProcessId> action) {
        for (int i = 0; i < counters.length; i++) {
            action.accept(processes.ids[i], counters[i]);
        }
    }

    /** The entries above 0, in the order of the process ids; a copy that cannot be changed. */
    public SortedMap<ProcessId, Long> entries() {
        TreeMap<ProcessId, Long> entries = new TreeMap<>();
        forEach(entries::put);
        return Collections.unmodifiableSortedMap(entries);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorClock clock && compare(clock) == CausalOrder.EQUAL;
    }

    @Override
    public int hashCode() {
        return 31 * processes.hashCode() + Arrays.hashCode(counters);
    }

    /** The written form: {@code {node-1=5, node-2=3}}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((process, counter) -> text.append(text.length() > 1 ? ", " : "")
                .append(process)
                .append('=')
                .append(counter));
        return text.append('}').toString();
    }

    /** An entry's difference fits a long, so its sign bit says less or greater, and no branch has to be guessed. */
    private static CausalOrder compareEntries(long[] a, long[] b) {
        long less = 0;
        long greater = 0;
        int i = 0;
        while (i < a.length && (less & greater) >= 0) {
            for (int end = Math.min(i + BLOCK, a.length); i < end; i++) {
                less |= a[i] - b[i];
                greater |= b[i] - a[i];
            }
        }
        return CausalOrder.of(greater >= 0, less >= 0);
    }

    private CausalOrder compareByProcess(VectorClock other) {
        boolean less = false;
        boolean greater = false;
        int i = 0;
        int j = 0;
        while ((i < counters.length || j < other.counters.length) && !(less && greater)) {
            int order = compareHeads(i, other, j);
            less |= order > 0 || (order == 0 && counters[i] < other.counters[j]);
            greater |= order < 0 || (order == 0 && counters[i] > other.counters[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return CausalOrder.of(!greater, !less);
    }

    /** Negative if this clock's next process stands alone, positive if the other's does, 0 if both name the same. */
    @SuppressWarnings("ReferenceEquality") // One process is mostly one object: a short cut, not the rule.
    private int compareHeads(int i, VectorClock other, int j) {
        if (i == counters.length) {
            return 1;
        }
        if (j == other.counters.length) {
            return -1;
        }
        ProcessId own = processes.ids[i];
        return own == other.processes.ids[j] ? 0 : own.compareTo(other.processes.ids[j]);
    }

    private VectorClock union(VectorClock other) {
        ProcessId[] union = new ProcessId[counters.length + other.counters.length];
        long[] maximum = new long[union.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < counters.length || j < other.counters.length) {
            int order = compareHeads(i, other, j);
            union[size] = order <= 0 ? processes.ids[i] : other.processes.ids[j];
            maximum[size++] = Math.max(order <= 0 ? counters[i] : 0, order >= 0 ? other.counters[j] : 0);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        ProcessSet wider = size == counters.length
                ? processes
                : size == other.counters.length ? other.processes : ProcessSet.of(Arrays.copyOf(union, size));
        return new VectorClock(wider, Arrays.copyOf(maximum, size));
    }
}
