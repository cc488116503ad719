package io.antichain.analyzer.order;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a frontier: numbers ≥ 0 in 7-bit groups, least first; arrays and texts after their length. */
final class FrontierWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void number(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
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
        bytes.write(bits);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
