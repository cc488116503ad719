package io.antichain.analyzer.order;

import java.util.Arrays;

/** Finds a number by a key, which stands elsewhere. Open addressing with linear probing; memory: 18 to 36 bytes a key. */
final class KeyIndex {
    /** Who has the keys. */
    interface Keyed {
        /** Whether the number is that of this key. */
        boolean isOf(long number, String key);
    }

    private static final int FIRST_CAPACITY = 16;
    private static final long FREE = -1;

    // Invariants: a slot that is not free has the key's hash and its number; at most two thirds are not free.
    private final Keyed keyed;
    private int[] hashes = new int[FIRST_CAPACITY];
    private long[] numbers = free(FIRST_CAPACITY);
    private int size;

    KeyIndex(Keyed keyed) {
        this.keyed = keyed;
    }

    /** How many keys have a number. */
    int size() {
        return size;
    }

    long bytes() {
        return 12L * hashes.length;
    }

    /** The key's number; negative if it has none. */
    long find(String key) {
        return numbers[slotOf(key)];
    }

    /** Gives the key a number, 0 or more; returns the one that it had, negative if it had none. */
    long put(String key, long number) {
        if (3 * (size + 1) > 2 * hashes.length) {
            widen();
        }
        int slot = slotOf(key);
        long before = numbers[slot];
        size += before < 0 ? 1 : 0;
        hashes[slot] = key.hashCode();
        numbers[slot] = number;
        return before;
    }

    /** Takes out a key that has a number, and moves those after it that would not be found any more. */
    void remove(String key) {
        int mask = hashes.length - 1;
        int free = slotOf(key);
        for (int slot = (free + 1) & mask; numbers[slot] >= 0; slot = (slot + 1) & mask) {
            int home = mixed(hashes[slot]) & mask;
            if (((slot - home) & mask) >= ((slot - free) & mask)) {
                hashes[free] = hashes[slot];
                numbers[free] = numbers[slot];
                free = slot;
            }
        }
        numbers[free] = FREE;
        size--;
    }

    /** The slot that has the key, or the free one where it would be. */
    private int slotOf(String key) {
        int hash = key.hashCode();
        int mask = hashes.length - 1;
        int slot = mixed(hash) & mask;
        while (numbers[slot] >= 0 && !(hashes[slot] == hash && keyed.isOf(numbers[slot], key))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int mixed(int hash) {
        int bits = hash * 0x9E3779B9;
        return bits ^ (bits >>> 15);
    }

    private void widen() {
        int[] oldHashes = hashes;
        long[] oldNumbers = numbers;
        hashes = new int[2 * oldHashes.length];
        numbers = free(hashes.length);
        int mask = hashes.length - 1;
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] >= 0) {
                int slot = mixed(oldHashes[i]) & mask;
                while (numbers[slot] >= 0) {
                    slot = (slot + 1) & mask;
                }
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static long[] free(int length) {
        long[] numbers = new long[length];
        Arrays.fill(numbers, FREE);
        return numbers;
    }
}
