package io.antichain.clocks;

/**
 * What the {@link BinaryForm} writes of a set's processes, all but their counters. It is the same for every clock of the set, so
 * it is made once: names take most of the time of writing a clock.
 */
final class EntryHeads {
    // Invariant: the head of the process at an index is what lies between the end of the one before and its own end.
    final byte[] bytes;
    final int[] ends;

    private EntryHeads(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    static EntryHeads of(ProcessId[] ids) {
        BytesOut out = new BytesOut(16 * ids.length + 16);
        int[] ends = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            out.head(ids[i]);
            ends[i] = out.size();
        }
        return new EntryHeads(out.bytes(), ends);
    }
}
