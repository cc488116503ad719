package io.antichain.cli.verify;

import io.antichain.clocks.Varints;
import java.util.Arrays;

/**
 * Clocks, one a row, each as its entries by process number as varints: about as many bytes as the counters have digits,
 * halved. Rows are appended, and read by number.
 */
final class ClockRows {
    private static final int PAGE_BYTES = 1 << 24;

    private byte[][] pages = new byte[1][];
    private int pageCount;
    private int used = PAGE_BYTES;
    private long[] starts = new long[1_024];
    private int size;

    /** Appends a row of the first {@code length} entries. */
    void append(long[] entries, int length) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
        }
        starts[size++] = write(entries, length);
    }

    /** Gives a row other entries. What it had stays where it is, unused. */
    void replace(int row, long[] entries, int length) {
        starts[row] = write(entries, length);
    }

    private long write(long[] entries, int length) {
        int most = Varints.MOST_BYTES * (length + 1);
        if (used + most > PAGE_BYTES) {
            addPage(Math.max(PAGE_BYTES, most));
        }
        long start = ((long) (pageCount - 1) << 32) | used;
        byte[] page = pages[pageCount - 1];
        used = Varints.put(page, used, length);
        for (int i = 0; i < length; i++) {
            used = Varints.put(page, used, entries[i]);
        }
        return start;
    }

    private void addPage(int bytes) {
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        pages[pageCount++] = new byte[bytes];
        used = 0;
    }

    /** The entries of a row; the array is as long as the row. */
    long[] row(int row) {
        byte[] page = pages[(int) (starts[row] >>> 32)];
        int at = (int) starts[row];
        long[] entries = new long[(int) Varints.get(page, at)];
        for (int i = 0; i < entries.length; i++) {
            at = Varints.after(page, at);
            entries[i] = Varints.get(page, at);
        }
        return entries;
    }

    /** The entry of a row for the process with this number; 0 where the row is shorter. */
    long entry(int row, int process) {
        byte[] page = pages[(int) (starts[row] >>> 32)];
        int at = (int) starts[row];
        if (process >= Varints.get(page, at)) {
            return 0;
        }
        for (int skipped = 0; skipped <= process; at++) {
            skipped += page[at] >= 0 ? 1 : 0;
        }
        return Varints.get(page, at);
    }
}
