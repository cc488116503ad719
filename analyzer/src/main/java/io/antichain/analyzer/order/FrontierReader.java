package io.antichain.analyzer.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link FrontierWriter} wrote, from a store of our own. */
final class FrontierReader {
    private final ByteBuffer bytes;

    FrontierReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    long number() {
        long number = 0;
        int shift = 0;
        byte group;
        do {
            group = bytes.get();
            number |= (long) (group & 0x7F) << shift;
            shift += 7;
        } while (group < 0);
        return number;
    }

    int count() {
        return Math.toIntExact(number());
    }

    long[] numbers() {
        long[] numbers = new long[count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    boolean[] flags(int count) {
        int bits = bytes.get();
        boolean[] flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = (bits >> i & 1) == 1;
        }
        return flags;
    }

    String text() {
        byte[] utf8 = new byte[count()];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
