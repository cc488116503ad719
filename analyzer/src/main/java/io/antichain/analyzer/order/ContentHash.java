package io.antichain.analyzer.order;

/**
 * 64 bits of what a message says, so that a repeated event is told from a reused dot without keeping what it said. Not for
 * those who forge on purpose.
 */
public final class ContentHash {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    // A factor and its powers, modulo 2^64.
    private static final long TEXT_FACTOR = 0x5851F42D4C957F2DL;
    private static final long TEXT_FACTOR_2 = 0x685F98A2018FADE9L;
    private static final long TEXT_FACTOR_3 = 0xB046976F22528F5L;
    private static final long TEXT_FACTOR_4 = 0xFB4D3AE39272BE11L;

    private ContentHash() {}

    /** Of a text. */
    public static long of(String text) {
        return of(text, 0);
    }

    /** Of bytes, or of none, which differs from an empty array. */
    public static long of(byte[] bytes) {
        if (bytes == null) {
            return mixed(FACTOR);
        }
        long hash = bytes.length;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = mixed(hash ^ eight(bytes, at));
        }
        for (; at < bytes.length; at++) {
            hash = hash * TEXT_FACTOR + bytes[at];
        }
        return mixed(hash);
    }

    private static long eight(byte[] bytes, int at) {
        long eight = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            eight = eight << Byte.SIZE | bytes[at + i] & 0xFF;
        }
        return eight;
    }

    /** A polynomial of the characters, four at a time, and of what came before. */
    static long of(String text, long before) {
        long hash = before * FACTOR + text.length();
        int length = text.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            hash = hash * TEXT_FACTOR_4
                    + text.charAt(i) * TEXT_FACTOR_3
                    + text.charAt(i + 1) * TEXT_FACTOR_2
                    + text.charAt(i + 2) * TEXT_FACTOR
                    + text.charAt(i + 3);
        }
        for (; i < length; i++) {
            hash = hash * TEXT_FACTOR + text.charAt(i);
        }
        return mixed(hash);
    }

    static long mixed(long bits) {
        long hash = (bits ^ (bits >>> 33)) * FACTOR;
        hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        return hash ^ (hash >>> 32);
    }
}
