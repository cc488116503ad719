package io.antichain.analyzer.order;

import java.util.Arrays;

/** Writes a frontier: numbers in 7-bit groups, least first; arrays and texts after their length. */
final class FrontierWriter {
    private byte[] bytes = new byte[64];
    private int size;

    void number(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
    }

    /** Trailing zeros are left out. */
    void numbers(long[] numbers) {
        int length = numbers.length;
        while (length > 0 && numbers[length - 1] == 0) {
            length--;
        }
        number(length);
        for (int i = 0; i < length; i++) {
            number(numbers[i]);
        }
    }

    void flags(boolean... flags) {
        int bits = 0;
        for (int i = 0; i < flags.length; i++) {
            bits |= flags[i] ? 1 << i : 0;
        }
        put((byte) bits);
    }

    /** Characters as numbers, so that any string comes back, whatever UTF-8 makes of it. */
    void text(String text) {
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            number(text.charAt(i));
        }
    }

    void bytes(byte[] some) {
        number(some.length);
        while (size + some.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(some, 0, bytes, size, some.length);
        size += some.length;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void put(byte next) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = next;
    }
}
