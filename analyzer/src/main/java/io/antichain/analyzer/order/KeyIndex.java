package io.antichain.analyzer.order;

/** Finds a number by a key, which stands elsewhere. Open addressing with linear probing; memory: 12 to 24 bytes a key. */
final class KeyIndex {
    /** Who has the keys. */
    interface Keyed {
        /** Whether the number is that of this key. */
        boolean isOf(int number, String key);
    }

    /** What is found of a key that has no number. */
    static final long NONE = -1;

    private static final int FIRST_CAPACITY = 16;
    private static final long NUMBER = 0xFFFF_FFFFL;

    // Invariants: a slot is 0 where it is free; else it has the key's hash above 32 bits with its number plus 1. At
    // most two thirds of
    // the slots are not free.
    private final Keyed keyed;
    private long[] slots = new long[FIRST_CAPACITY];
    private int size;

    KeyIndex(Keyed keyed) {
        this.keyed = keyed;
    }

    /** How many keys have a number. */
    int size() {
        return size;
    }

    long bytes() {
        return 8L * slots.length;
    }

    /** The key's number, of 32 bits without a sign; {@link #NONE} if it has none. */
    long find(String key) {
        return number(slots[at(key)]);
    }

    /** Gives the key a number below 2^32 - 1, without a sign; returns the one that it had, {@link #NONE} if it had none. */
    long put(String key, int number) {
        widenIfFull();
        int at = at(key);
        long before = number(slots[at]);
        size += before == NONE ? 1 : 0;
        slots[at] = slot(key.hashCode(), number);
        return before;
    }

    /** As {@link #put}, of a key that has no number. */
    void add(String key, int number) {
        widenIfFull();
        insert(slot(key.hashCode(), number));
        size++;
    }

    /** Whether a key with this hash has the number. */
    boolean has(int hash, int number) {
        return slots[at(slot(hash, number))] != 0;
    }

    /** Gives a key with this hash another number than the one that it has. */
    void move(int hash, int from, int to) {
        slots[at(slot(hash, from))] = slot(hash, to);
    }

    private static long slot(int hash, int number) {
        return (long) hash << 32 | (number & NUMBER) + 1;
    }

    private static long number(long slot) {
        return (slot & NUMBER) - 1;
    }

    /** Takes out a key with this hash that has the number, and moves those after it that would not be found any more. */
    void remove(int hash, int number) {
        int mask = slots.length - 1;
        int free = at(slot(hash, number));
        for (int at = (free + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
            int home = home(slots[at], mask);
            if (((at - home) & mask) >= ((at - free) & mask)) {
                slots[free] = slots[at];
                free = at;
            }
        }
        slots[free] = 0;
        size--;
    }

    /** Where the key is, or the free slot where it would be. */
    private int at(String key) {
        int mask = slots.length - 1;
        long hash = (long) key.hashCode() << 32;
        int at = home(hash, mask);
        while (slots[at] != 0 && !((slots[at] & ~NUMBER) == hash && keyed.isOf((int) number(slots[at]), key))) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** Where the slot is, or the free one where it would be. */
    private int at(long slot) {
        int mask = slots.length - 1;
        int at = home(slot, mask);
        while (slots[at] != 0 && slots[at] != slot) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static int home(long slot, int mask) {
        int bits = (int) (slot >>> 32) * 0x9E3779B9;
        return (bits ^ (bits >>> 15)) & mask;
    }

    private void widenIfFull() {
        if (3 * (size + 1) > 2 * slots.length) {
            long[] narrow = slots;
            slots = new long[2 * narrow.length];
            for (long slot : narrow) {
                if (slot != 0) {
                    insert(slot);
                }
            }
        }
    }

    private void insert(long slot) {
        int mask = slots.length - 1;
        int at = home(slot, mask);
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = slot;
    }
}
