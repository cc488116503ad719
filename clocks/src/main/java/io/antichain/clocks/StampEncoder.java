package io.antichain.clocks;

/**
 * Writes the stamps of one process, one after the other, in the {@link BinaryForm}. Two that follow each other differ in few
 * entries, mostly in the process's own: only numbers that changed are written anew, as long as they take as many bytes as before.
 *
 * <p>Safe for use by several threads, in whatever order they bring the stamps.
 */
public final class StampEncoder {
    private static final int LAMPORT_AT = 2; // after the format and the flags

    // Invariant: bytes is what the binary form makes of last, and countersAt[i] is where its i-th counter begins in it.
    private Stamp last;
    private byte[] bytes;
    private int[] countersAt;

    /**
     * The bytes that {@link BinaryForm#encode(Stamp)} gives; the array is the caller's.
     *
     * @throws IllegalArgumentException if the clock has more than {@link BinaryForm#MAX_ENTRIES} entries
     */
    public synchronized byte[] encode(Stamp stamp) {
        Stamp before = last;
        last = null; // until the bytes are whole again
        if (before == null || !rewrite(before, stamp)) {
            bytes = BinaryForm.encode(stamp);
            countersAt = stamp.clock().countersAt(bytes.length);
        }
        last = stamp;
        return bytes.clone();
    }

    private boolean rewrite(Stamp before, Stamp stamp) {
        long lamport = stamp.lamport().value();
        if (!before.dot().process().equals(stamp.dot().process())
                || Varints.length(before.lamport().value()) != Varints.length(lamport)
                || !stamp.clock().rewrite(before.clock(), bytes, countersAt)) {
            return false;
        }
        Varints.put(bytes, LAMPORT_AT, lamport);
        return true;
    }
}
