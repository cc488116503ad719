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

    /** Where the process stands among the entries, from 0; negative if it has none. */
    int indexOf(ProcessId process) {
        return processes.indexOf(process);
    }

    /** The last event of the process at an index. */
    Dot dot(int index) {
        return new Dot(processes.ids[index], counters[index]);
    }

    /** How many bytes its entries take in the binary form. */
    int entriesLength() {
        int length = processes.heads().bytes.length;
        for (long counter : counters) {
            length += Varints.length(counter);
        }
        return length;
    }

    void writeEntries(BytesOut out) {
        out.entries(processes.heads(), counters);
    }

    /** Where each entry's counter begins in a binary form that ends, with the last of them, at {@code end}. */
    int[] countersAt(int end) {
        EntryHeads heads = processes.heads();
        int[] at = new int[counters.length];
        int next = end;
        for (int i = counters.length - 1; i >= 0; i--) {
            at[i] = next - Varints.length(counters[i]);
            next = at[i] - (heads.ends[i] - (i > 0 ? heads.ends[i - 1] : 0));
        }
        return at;
    }

    /**
     * Writes those counters that differ over the ones of {@code before}, in whose binary form they begin at {@code at}; false if
     * that cannot be done, as there are other processes or a counter takes another number of bytes. Then some may be written.
     */
    boolean rewrite(VectorClock before, byte[] bytes, int[] at) {
        if (processes != before.processes) {
            return false; // equal sets are mostly one object
        }
        for (int i = 0; i < counters.length; i++) {
            if (counters[i] != before.counters[i]) {
                if (Varints.length(counters[i]) != Varints.length(before.counters[i])) {
                    return false;
                }
                Varints.put(bytes, at[i], counters[i]);
            }
        }
        return true;
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
        return processes == other.processes ? compareEntries(counters, other.counters) : compareAcross(other);
    }

    /**
     * A clock of the same processes: for readers of many clocks, who know the processes before they have looked at each.
     *
     * @param entries one for each process, in the order of the process ids
     * @throws IllegalArgumentException if an entry is below 1 or above {@link Dot#MAX_COUNTER}, or if there are more or fewer
     */
    public VectorClock withCounters(long[] entries) {
        if (entries.length != counters.length) {
            throw new IllegalArgumentException("Each process has one entry: processes=" + counters.length + ", entries="
                    + entries.length + "; give as many as the clock has");
        }
        long misfit = 0;
        for (long entry : entries) {
            misfit |= (entry - 1) | (Dot.MAX_COUNTER - entry);
        }
        if (misfit < 0) {
            throw new IllegalArgumentException("A clock's entry for a process that it names is 1 to 2^53 - 1: entries="
                    + Arrays.toString(entries) + "; the sender's clock is broken");
        }
        return new VectorClock(processes, entries.clone());
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
        int first = Math.min(a.length, BLOCK);
        for (int i = 0; i < first; i++) {
            less |= a[i] - b[i];
            greater |= b[i] - a[i];
        }
        if ((less & greater) >= 0) {
            for (int i = first; i < a.length; i++) {
                less |= a[i] - b[i];
                greater |= b[i] - a[i];
            }
        }
        return CausalOrder.ofSigns(less, greater);
    }

    /** Of clocks with entries for different processes. */
    private CausalOrder compareAcross(VectorClock other) {
        if (counters.length > other.counters.length) {
            return other.compareAcross(this).reversed();
        }
        int[] positions = processes.knownPositionsIn(other.processes);
        long less = counters.length - other.counters.length;
        long greater = 0;
        for (int i = 0; i < counters.length; i++) {
            int at = positions == null ? other.processes.indexOf(processes.ids[i]) : positions[i];
            if (at < 0) {
                return CausalOrder.CONCURRENT; // each has an entry that the other has not
            }
            less |= counters[i] - other.counters[at];
            greater |= other.counters[at] - counters[i];
        }
        return CausalOrder.ofSigns(less, greater);
    }

    private VectorClock union(VectorClock other) {
        ProcessSet union = processes.union(other.processes);
        long[] maximum = new long[union.ids.length];
        raise(maximum, union);
        other.raise(maximum, union);
        return new VectorClock(union, maximum);
    }

    /** Raises entries of {@code wider}, which holds all processes of this clock, to this clock's. */
    private void raise(long[] entries, ProcessSet wider) {
        int at = 0;
        for (int i = 0; i < counters.length; i++, at++) {
            while (wider != processes && !wider.ids[at].equals(processes.ids[i])) {
                at++; // both are in order
            }
            entries[at] = Math.max(entries[at], counters[i]);
        }
    }
}
