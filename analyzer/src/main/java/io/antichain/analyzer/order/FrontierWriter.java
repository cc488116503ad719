package io.antichain.analyzer.order;

import io.antichain.clocks.Varints;
import java.util.Arrays;

/** Writes a frontier: numbers as varints; arrays and texts after their length. */
final class FrontierWriter {
    private byte[] bytes = new byte[64];
    private int size;

    void number(long number) {
        room(Varints.MOST_BYTES);
        size = Varints.put(bytes, size, number);
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
        room(1);
        bytes[size++] = (byte) bits;
    }

    /** Characters as numbers, so that any string comes back, whatever UTF-8 makes of it. */
    void text(String text) {
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            number(text.charAt(i));
        }
    }

    void bytes(byte[] some) {
        bytes(some, some.length);
    }

    /** What another has written. */
    void bytes(FrontierWriter other) {
        bytes(other.bytes, other.size);
    }

    private void bytes(byte[] some, int length) {
        number(length);
        room(length);
        System.arraycopy(some, 0, bytes, size, length);
        size += length;
    }

    /** Begins anew. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
