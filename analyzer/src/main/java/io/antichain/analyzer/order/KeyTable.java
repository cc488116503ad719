package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The keys that have events in the window, by number; and for each its events: as a list through their {@link Rows}, the newest first,
 * and where there are more than {@value #FEW}, as {@link KeyEvents} too.
 *
 * <p>Memory: about 100 bytes a key and 2 for each character of it; 12 for each event of a key that has many.
 */
final class KeyTable {
    /** The number of no key. */
    static final int NONE = (int) KeyIndex.NONE;

    private static final int FEW = 4;
    private static final int FIRST_CAPACITY = 16;
    /** Of a text, beside its characters: two objects, and a reference. */
    private static final int TEXT_BYTES = 52;

    private static final int COLUMNS_BYTES = 4 + 4 + 1 + 4 + 4;

    // By number. Invariants: texts has null where a number is free; an event of many is in its list too.
    private final KeyIndex index = new KeyIndex((number, key) -> text(number).equals(key));
    private String[] texts = new String[FIRST_CAPACITY];
    private int[] newest = new int[FIRST_CAPACITY];
    private int[] counts = new int[FIRST_CAPACITY];
    private boolean[] remembers = new boolean[FIRST_CAPACITY];
    private KeyEvents[] many = new KeyEvents[FIRST_CAPACITY];
    private int[] free = new int[FIRST_CAPACITY];
    private int freeCount;
    private int end;
    private long textBytes;
    private long manyBytes;

    int size() {
        return index.size();
    }

    long bytes() {
        return index.bytes() + (long) COLUMNS_BYTES * texts.length + textBytes + manyBytes;
    }

    /** The key's number, {@link #NONE} if it is not open. */
    int number(String key) {
        return (int) index.find(key);
    }

    /**
     * Opens a key that is not open: an event of it is about to be held.
     *
     * @param remembersAny whether siblings are remembered that the window does not hold
     * @return its number
     */
    int open(String key, boolean remembersAny) {
        int number = freeCount > 0 ? free[--freeCount] : end++;
        if (number == texts.length) {
            widen(2 * number);
        }
        texts[number] = key;
        counts[number] = 0;
        remembers[number] = remembersAny;
        index.add(key, number);
        textBytes += TEXT_BYTES + 2L * key.length();
        return number;
    }

    private void widen(int capacity) {
        texts = Arrays.copyOf(texts, capacity);
        newest = Arrays.copyOf(newest, capacity);
        counts = Arrays.copyOf(counts, capacity);
        remembers = Arrays.copyOf(remembers, capacity);
        many = Arrays.copyOf(many, capacity);
        free = Arrays.copyOf(free, capacity);
    }

    String text(int number) {
        return texts[number];
    }

    /** Whether siblings are remembered that the window does not hold. */
    boolean remembers(int number) {
        return remembers[number];
    }

    void remembers(int number, boolean any) {
        remembers[number] = any;
    }

    /** The row of the newest event. */
    int newest(int number) {
        return newest[number];
    }

    /** The events that are held; in {@code few} where they are few. */
    KeyEvents events(int number, Rows rows, KeyEvents few) {
        if (many[number] != null) {
            return many[number];
        }
        few.clear();
        list(number, rows, few);
        return few;
    }

    private void list(int number, Rows rows, KeyEvents into) {
        int row = newest[number];
        for (int left = counts[number]; left > 0; left--) {
            into.add(rows.process(row), rows.counter(row), row);
            row = rows.keyed(row).before(row);
        }
    }

    /** An event of the key was taken into the window, and follows its newest. */
    void add(int number, Rows rows, int row) {
        newest[number] = row;
        counts[number]++;
        KeyEvents events = many[number];
        if (events != null) {
            manyBytes -= events.bytes();
            events.add(rows.process(row), rows.counter(row), row);
            manyBytes += events.bytes();
        } else if (counts[number] > FEW) {
            many[number] = new KeyEvents();
            list(number, rows, many[number]);
            manyBytes += many[number].bytes();
        }
    }

    /** The oldest event of the key leaves the window; with the last one the key is closed. */
    void removeOldest(int number, Rows rows, int row) {
        counts[number]--;
        KeyEvents events = many[number];
        if (events != null) {
            manyBytes -= events.bytes();
            if (counts[number] <= FEW / 2) {
                many[number] = null;
            } else {
                events.remove(rows.process(row), rows.counter(row));
                manyBytes += events.bytes();
            }
        }
        if (counts[number] == 0) {
            close(number);
        }
    }

    private void close(int number) {
        String key = texts[number];
        index.remove(key.hashCode(), number);
        texts[number] = null;
        textBytes -= TEXT_BYTES + 2L * key.length();
        free[freeCount++] = number;
    }
}
