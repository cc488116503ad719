package io.antichain.clocks;

import java.util.Arrays;

/** Bytes of the {@link BinaryForm} as they are written. */
final class BytesOut {
    private byte[] bytes;
    private int size;
    private byte[] nameBefore = {};

    BytesOut(int expectedSize) {
        bytes = new byte[expectedSize];
    }

    BytesOut(byte format, int expectedSize) {
        this(expectedSize);
        bytes[size++] = format;
    }

    void entry(ProcessId process, long counter) {
        head(process);
        number(counter);
    }

    /** Entries of a clock, whose heads are known. */
    void entries(EntryHeads heads, long[] counters) {
        int from = 0;
        for (int i = 0; i < counters.length; i++) {
            room(heads.ends[i] - from + Varints.length(counters[i]));
            System.arraycopy(heads.bytes, from, bytes, size, heads.ends[i] - from);
            size = Varints.put(bytes, size + heads.ends[i] - from, counters[i]);
            from = heads.ends[i];
        }
    }

    /** An entry but for its counter. */
    void head(ProcessId process) {
        byte[] name = BinaryForm.utf8(process);
        int shared = BinaryForm.shared(nameBefore, name);
        number(shared);
        number(2L * (name.length - shared) + (process.incarnation() > 0 ? 1 : 0));
        room(name.length);
        System.arraycopy(name, shared, bytes, size, name.length - shared);
        size += name.length - shared;
        if (process.incarnation() > 0) {
            number(process.incarnation());
        }
        nameBefore = name;
    }

    void number(long value) {
        room(Varints.length(value));
        size = Varints.put(bytes, size, value);
    }

    int size() {
        return size;
    }

    /** What was written; nothing may be written after it. */
    byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (size + more));
        }
    }
}
