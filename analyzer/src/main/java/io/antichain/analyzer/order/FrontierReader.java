package io.antichain.analyzer.order;

import io.antichain.clocks.Varints;
import java.util.Arrays;

/** Reads what {@link FrontierWriter} wrote, from a store of our own. */
final class FrontierReader {
    private final byte[] bytes;
    private int at;

    FrontierReader(byte[] bytes) {
        this(bytes, 0);
    }

    /** @param from the index of the byte to begin with */
    FrontierReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    long number() {
        long number = Varints.get(bytes, at);
        at = Varints.after(bytes, at);
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

    byte[] bytes() {
        int length = count();
        byte[] some = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return some;
    }

    /** The index of the byte to be read next. */
    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    String text() {
        char[] characters = new char[count()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) number();
        }
        return new String(characters);
    }

    /** The hash of the text that follows. */
    int textHash() {
        int hash = 0;
        for (int left = count(); left > 0; left--) {
            hash = 31 * hash + (char) number();
        }
        return hash;
    }

    /** Whether the text that follows is this one. */
    boolean isText(String text) {
        boolean is = count() == text.length();
        for (int i = 0; is && i < text.length(); i++) {
            is = number() == text.charAt(i);
        }
        return is;
    }
}
