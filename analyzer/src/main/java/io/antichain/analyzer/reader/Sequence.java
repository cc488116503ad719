package io.antichain.analyzer.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Values in a row, found by position. What is put in near the end, or taken out near the beginning, costs a step for each
 * value between.
 */
final class Sequence<E> {
    private Object[] slots = new Object[4];
    private int first;
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only values of the type are put in
    E get(int position) {
        return (E) slots[(first + position) & (slots.length - 1)];
    }

    /** The last value; null if there is none. */
    E last() {
        return size == 0 ? null : get(size - 1);
    }

    void set(int position, E value) {
        slots[(first + position) & (slots.length - 1)] = value;
    }

    void add(E value) {
        insert(size, value);
    }

    /** Puts a value in, so that it has this position. */
    void insert(int position, E value) {
        if (size == slots.length) {
            grow();
        }
        for (int from = size++; from > position; from--) {
            set(from, get(from - 1));
        }
        set(position, value);
    }

    E removeFirst() {
        return remove(0);
    }

    /** Takes the value at this position out. */
    E remove(int position) {
        E removed = get(position);
        for (int to = position; to > 0; to--) {
            set(to, get(to - 1));
        }
        slots[first] = null;
        first = (first + 1) & (slots.length - 1);
        size--;
        return removed;
    }

    /** How many values, from the beginning on, have what all before one have and none after it. */
    int prefix(Predicate<E> holds) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The values from a position up to another, that one excluded; places that were emptied are left out. */
    List<E> copy(int from, int to) {
        List<E> copy = new ArrayList<>(to - from);
        for (int position = from; position < to; position++) {
            if (get(position) != null) {
                copy.add(get(position));
            }
        }
        return copy;
    }

    private void grow() {
        Object[] wider = new Object[2 * slots.length];
        for (int position = 0; position < size; position++) {
            wider[position] = get(position);
        }
        slots = wider;
        first = 0;
    }
}
