package io.antichain.analyzer.order;

/** What a {@link RowBlock} keeps of its rows besides, where events have keys. A row is given by its number. */
final class KeyedRows {
    /** The memory that a row takes. */
    static final int ROW_BYTES = 4 + 4 + 8 + 8 + 1;

    private final int[] keys = new int[RowBlock.ROWS];
    private final int[] before = new int[RowBlock.ROWS];
    private final long[] lamports = new long[RowBlock.ROWS];
    private final long[] publishedAtMs = new long[RowBlock.ROWS];
    private final boolean[] siblings = new boolean[RowBlock.ROWS];

    private static int at(int row) {
        return row & (RowBlock.ROWS - 1);
    }

    void put(int number, Row row) {
        int at = at(number);
        keys[at] = row.key;
        before[at] = row.before;
        lamports[at] = row.lamport;
        publishedAtMs[at] = row.publishedAtMs;
        siblings[at] = row.isSibling;
    }

    /** The number of the row's key in the {@link KeyTable}, {@link KeyTable#NONE} if it has none. */
    int key(int row) {
        return keys[at(row)];
    }

    /** The row of the event of this key that arrived before; of the first that is held, any. */
    int before(int row) {
        return before[at(row)];
    }

    long lamport(int row) {
        return lamports[at(row)];
    }

    /** In ms since 1970 UTC. */
    long publishedAtMs(int row) {
        return publishedAtMs[at(row)];
    }

    boolean isSibling(int row) {
        return siblings[at(row)];
    }

    /** The row's event is a sibling no more. */
    void resolve(int row) {
        siblings[at(row)] = false;
    }
}
