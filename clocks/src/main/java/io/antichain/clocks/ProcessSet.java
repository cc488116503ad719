package io.antichain.clocks;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The processes that a clock has entries for, in their order, with an index from process to position.
 *
 * <p>Clocks of one system name the same processes again and again, but are decoded from different records. So equal sets are
 * shared, also between clocks that never met: then two clocks compare as two {@code long[]}, without a look at a name. Sharing
 * is a short cut and never relied on: two sets with the same processes may exist, and no outcome depends on it.
 */
final class ProcessSet {
    /** How many sets are known for {@link #lastOf} at a time: two senders' clocks may take turns. */
    static final int LASTS = 2;

    static final ProcessSet EMPTY = new ProcessSet(new ProcessId[0], 1);

    private static final Shared<ProcessSet> SETS = new Shared<>(256);
    private static final Shared<ProcessId> PROCESSES = new Shared<>(4096);
    private static final Shared<ProcessSet> LAST = new Shared<>(512);

    // Invariants: ids is sorted and without repetition, and never written after construction.
    // slots is a hash table with linear probing, at most half full: 0 is free, i + 1 stands for ids[i].
    final ProcessId[] ids;
    private final int hash;
    private final int[] slots;

    /** Where this set's processes stand in the set that it was held against last. */
    private Alignment alignment = Alignment.NONE;

    /** The hash of the last set that it was held against without an alignment. */
    private int missed;

    /** Made when a clock of the set is written for the first time. */
    private EntryHeads heads;

    private ProcessSet(ProcessId[] ids, int hash) {
        this.ids = ids;
        this.hash = hash;
        this.slots = new int[Integer.highestOneBit(Math.max(1, ids.length)) * 4];
        for (int i = 0; i < ids.length; i++) {
            int slot = slot(ids[i]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
    }

    /** The set of these processes, which are sorted and without repetition. The array is the set's own from now on. */
    static ProcessSet of(ProcessId[] sorted) {
        int hash = Arrays.hashCode(sorted);
        ProcessSet known = SETS.at(hash);
        if (known != null && Arrays.equals(known.ids, sorted)) {
            return known;
        }
        for (int i = 0; i < sorted.length; i++) {
            ProcessId same = PROCESSES.at(sorted[i].hashCode());
            if (sorted[i].equals(same)) {
                sorted[i] = same;
            } else {
                PROCESSES.put(sorted[i].hashCode(), sorted[i]);
            }
        }
        ProcessSet created = new ProcessSet(sorted, hash);
        SETS.put(hash, created);
        return created;
    }

    /**
     * The set of the last clock of this size that was decoded of the process at an index, or of the one {@code before} it that had
     * another: mostly that of the next one, too. Null if it is not known any more; it may be another set.
     */
    static ProcessSet lastOf(int size, int own, int before) {
        ProcessSet last = LAST.at(lastPlace(size, own) + before);
        return last == null || last.ids.length != size ? null : last;
    }

    /** Remembers this set for {@link #lastOf}. */
    void isLastOf(int size, int own) {
        int place = lastPlace(size, own);
        ProcessSet last = LAST.at(place);
        if (last != null) {
            LAST.put(place + 1, last);
        }
        LAST.put(place, this);
    }

    private static int lastPlace(int size, int own) {
        return LASTS * (31 * size + own);
    }

    /** The position of {@code process}, or -1. */
    @SuppressWarnings("ReferenceEquality") // One process is mostly one object: a short cut, not the rule.
    int indexOf(ProcessId process) {
        for (int slot = slot(process); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            ProcessId id = ids[slots[slot] - 1];
            if (id == process || id.equals(process)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    /**
     * The position in {@code other} of each process, in order; only a −1 if {@code other} lacks one of them; null where that is
     * not known yet. It is found out when the same set is met twice in a row: sets that take turns would only make garbage.
     */
    int[] knownPositionsIn(ProcessSet other) {
        Alignment known = alignment; // immutable, so a race costs another look and no more
        if (known.isWith(other)) {
            return known.positions;
        }
        if (missed != other.hash) {
            missed = other.hash;
            return null;
        }
        Alignment found = Alignment.of(this, other);
        alignment = found;
        return found.positions;
    }

    /** What the binary form writes of the processes. */
    EntryHeads heads() {
        EntryHeads known = heads; // immutable, so a race costs another making and no more
        if (known == null) {
            known = EntryHeads.of(ids);
            heads = known;
        }
        return known;
    }

    /** The processes of both. */
    ProcessSet union(ProcessSet other) {
        if (this == other) {
            return this;
        }
        ProcessId[] union = new ProcessId[ids.length + other.ids.length];
        int size = 0;
        int mine = 0;
        int others = 0;
        while (mine < ids.length || others < other.ids.length) {
            int order = order(mine, other, others);
            union[size++] = order <= 0 ? ids[mine] : other.ids[others];
            mine += order <= 0 ? 1 : 0;
            others += order >= 0 ? 1 : 0;
        }
        if (size == ids.length) {
            return this;
        }
        return size == other.ids.length ? other : of(Arrays.copyOf(union, size));
    }

    /** Which process comes first, that at a position or that at a position of another set; past an end there is none. */
    private int order(int at, ProcessSet other, int otherAt) {
        if (at == ids.length || otherAt == other.ids.length) {
            return at == ids.length ? 1 : -1;
        }
        // One process is mostly one object, and then equals is faster than an order.
        return ids[at].equals(other.ids[otherAt]) ? 0 : ids[at].compareTo(other.ids[otherAt]);
    }

    /** The set with one process more, which is not in it. */
    ProcessSet with(ProcessId process) {
        int at = -Arrays.binarySearch(ids, process) - 1;
        ProcessId[] wider = new ProcessId[ids.length + 1];
        System.arraycopy(ids, 0, wider, 0, at);
        wider[at] = process;
        System.arraycopy(ids, at, wider, at + 1, ids.length - at);
        return of(wider);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessSet set && Arrays.equals(ids, set.ids);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private int slot(ProcessId process) {
        // Names that differ in a last digit have neighbouring hashes: the multiplication spreads them.
        return (process.hashCode() * 0x9E3779B9 >>> 8) & (slots.length - 1);
    }

    /** Where the processes of one set stand in another, which is not kept alive for it. */
    private static final class Alignment {
        static final Alignment NONE = new Alignment(null, new int[0]);
        private static final int[] OUTSIDE = {-1};

        final int[] positions;
        private final WeakReference<ProcessSet> other;

        private Alignment(ProcessSet other, int[] positions) {
            this.other = new WeakReference<>(other);
            this.positions = positions;
        }

        static Alignment of(ProcessSet set, ProcessSet other) {
            int[] positions = new int[set.ids.length];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = other.indexOf(set.ids[i]);
                if (positions[i] < 0) {
                    return new Alignment(other, OUTSIDE);
                }
            }
            return new Alignment(other, positions);
        }

        boolean isWith(ProcessSet set) {
            return other.get() == set;
        }
    }

    /** Values that were seen lately, each at the place of its hash; a place holds one, and none is kept alive for it. */
    private static final class Shared<V> {
        private final AtomicReferenceArray<WeakReference<V>> places;

        Shared(int size) {
            places = new AtomicReferenceArray<>(size);
        }

        V at(int hash) {
            WeakReference<V> place = places.getAcquire(hash & (places.length() - 1));
            return place == null ? null : place.get();
        }

        void put(int hash, V value) {
            places.setRelease(hash & (places.length() - 1), new WeakReference<>(value));
        }
    }
}
