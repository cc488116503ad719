package io.antichain.cli.verify;

import java.util.Arrays;

/** Numbers in the order in which they were added. */
final class IntList {
    private int[] numbers = new int[4];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int get(int index) {
        return numbers[index];
    }

    int last() {
        return numbers[size - 1];
    }

    int size() {
        return size;
    }
}
