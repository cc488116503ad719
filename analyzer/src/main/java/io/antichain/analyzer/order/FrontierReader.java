package io.antichain.analyzer.order;

/** Reads what {@link FrontierWriter} wrote, from a store of our own. */
final class FrontierReader {
    private final byte[] bytes;
    private int at;

    FrontierReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long number = 0;
        int shift = 0;
        byte group;
        do {
            group = bytes[at++];
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
        int bits = bytes[at++];
        boolean[] flags = new boolean[count];
        for (int i = 0; i < count; i++) {
            flags[i] = (bits >> i & 1) == 1;
        }
        return flags;
    }

    String text() {
        char[] characters = new char[count()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) number();
        }
        return new String(characters);
    }
}
