package io.antichain.clocks;

import java.util.Arrays;

/** Bytes of the {@link BinaryForm} as they are written. */
final class BytesOut {
    private byte[] bytes;
    private int size;
    private byte[] nameBefore = {};

    BytesOut(byte format, int expectedSize) {
        bytes = new byte[expectedSize];
        bytes[size++] = format;
    }

    void entry(ProcessId process, long counter) {
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
        number(counter);
        nameBefore = name;
    }

    void number(long value) {
        room(Varints.MOST_BYTES);
        size = Varints.put(bytes, size, value);
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (size + more));
        }
    }
}
