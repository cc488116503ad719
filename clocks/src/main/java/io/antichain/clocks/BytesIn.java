package io.antichain.clocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of unknown origin, read as the {@link BinaryForm} and refused at the first that is not. */
final class BytesIn {
    /** A shared length, a length, and a counter; the first name has a byte of its own besides. */
    static final int MIN_ENTRY_BYTES = 3;

    private static final int MAX_NAME_BYTES = 3 * ProcessId.MAX_NAME_LENGTH;

    private final byte[] bytes;
    private final String what;
    private int at;
    private byte[] nameBefore = {};

    BytesIn(byte[] bytes, int maxBytes, byte format, String what) {
        this.bytes = bytes;
        this.what = what;
        if (bytes.length > maxBytes) {
            throw refused("there are at most " + maxBytes + " bytes", "bytes", bytes.length);
        }
        if (next() != format) {
            at = 0;
            throw refused("the first byte is " + format + " in this version", "format", bytes[0]);
        }
    }

    ProcessId process() {
        int shared = (int) number(nameBefore.length, "shared");
        long header = number(2L * MAX_NAME_BYTES + 1, "length");
        int length = (int) (header >> 1);
        atLeast(length);
        byte[] name = Arrays.copyOf(nameBefore, shared + length);
        System.arraycopy(bytes, at, name, shared, length);
        if (BinaryForm.shared(nameBefore, name) != shared) {
            throw refused("a name shares all that it can with the one before", "shared", shared);
        }
        at += length;
        int incarnation = (header & 1) == 0 ? 0 : (int) number(ProcessId.MAX_INCARNATION, "incarnation");
        if ((header & 1) == 1 && incarnation == 0) {
            throw refused("an incarnation of 0 is not written", "incarnation", 0);
        }
        nameBefore = name;
        String text = text(name);
        try {
            return new ProcessId(text, incarnation);
        } catch (IllegalArgumentException e) {
            throw refused("the name is a process name (" + e.getMessage() + ")", "nameBytes", name.length);
        }
    }

    /** The counters of entries that have these heads; null if the bytes have others, and then nothing was read. */
    long[] counters(EntryHeads heads) {
        int begin = at;
        long[] counters = {}; // made after the first head, by which other bytes are mostly told
        int from = 0;
        for (int i = 0; i < heads.ends.length; i++) {
            if (!skip(heads.bytes, from, heads.ends[i])) {
                at = begin;
                return null;
            }
            counters = i == 0 ? new long[heads.ends.length] : counters;
            counters[i] = counter();
            from = heads.ends[i];
        }
        return counters;
    }

    /** In a loop, as heads are short: Arrays.equals takes half as long again. */
    private boolean skip(byte[] others, int from, int to) {
        int length = to - from;
        if (length > bytes.length - at) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != others[from + i]) {
                return false;
            }
        }
        at += length;
        return true;
    }

    long counter() {
        long counter = number(Dot.MAX_COUNTER, "counter");
        if (counter == 0) {
            throw refused("counters are at least 1", "counter", 0);
        }
        return counter;
    }

    long number(long max, String name) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = next();
            // Nine groups of 7 bits are 63: more would not fit a long, and no number here needs them.
            if (shift == 63 || (part == 0 && shift > 0)) {
                throw refused("a number takes as few bytes as it can", name + "Bytes", shift / 7 + 1);
            }
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                break;
            }
        }
        if (value > max) {
            throw refused(name + " is at most " + max, name, value);
        }
        return value;
    }

    void atLeast(int more) {
        if (bytes.length - at < more) {
            throw refused("the bytes go on", "missing", more - (bytes.length - at));
        }
    }

    void end() {
        if (at < bytes.length) {
            throw refused("the bytes end with the last entry", "left", bytes.length - at);
        }
    }

    IllegalArgumentException refused(String rule, String name, Object value) {
        return new IllegalArgumentException("In an encoded " + what + " " + rule + ": position=" + at + ", " + name
                + "=" + value + "; the sender is broken, or these bytes are something else");
    }

    private byte next() {
        atLeast(1);
        return bytes[at++];
    }

    private String text(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        // What is not UTF-8 became U+FFFD, which a name may hold, too.
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name)) {
            throw refused("names are UTF-8", "nameBytes", name.length);
        }
        return text;
    }
}
