package io.antichain.analyzer.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Values in a row, added at the end, removed at the beginning, found by position. */
final class Sequence<E> {
    private Object[] slots = new Object[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only values of the type are put in
    E get(int position) {
        return (E) slots[(first + position) & (slots.length - 1)];
    }

    void add(E value) {
        if (size == slots.length) {
            grow();
        }
        slots[(first + size) & (slots.length - 1)] = value;
        size++;
    }

    E removeFirst() {
        E removed = get(0);
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

    /** The values from a position up to another, that one excluded. */
    List<E> copy(int from, int to) {
        List<E> copy = new ArrayList<>(to - from);
        for (int position = from; position < to; position++) {
            copy.add(get(position));
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
