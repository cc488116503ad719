package io.antichain.clocks;

/**
 * Numbers of 64 bits in as many bytes as they need: 7 bits a byte, the lowest first, the high bit set in all bytes but the last.
 * For bytes of our own making: bytes of unknown origin need {@link BinaryForm}'s checks.
 */
public final class Varints {
    /** The most bytes of a number. */
    public static final int MOST_BYTES = 10;

    private Varints() {}

    /** How many bytes a number takes. */
    public static int length(long number) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7);
    }

    /** Writes a number, negative ones as unsigned; returns the index after it. */
    public static int put(byte[] to, int from, long number) {
        int at = from;
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        return at;
    }

    /** The number that begins at an index. */
    public static long get(byte[] from, int at) {
        long number = 0;
        int shift = 0;
        int index = at;
        byte group;
        do {
            group = from[index++];
            number |= (group & 0x7FL) << shift;
            shift += 7;
        } while (group < 0);
        return number;
    }

    /** The index after the number that begins at one. */
    public static int after(byte[] from, int at) {
        int index = at;
        while (from[index] < 0) {
            index++;
        }
        return index + 1;
    }
}
