package io.antichain.cli.verify;

import io.antichain.schemas.Position;
import io.antichain.schemas.SourcePartition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The rows of events that were brought together from other topics, by where the events stand there. 12 bytes a row. */
final class PlacedRows {
    private static final int NONE = -1;

    /** Those of one partition, by offset. */
    private static final class Rows {
        private long[] offsets = new long[64];
        private int[] rows = new int[64];
        private int size;
        private boolean isSorted = true;

        void add(long offset, int row) {
            if (size == rows.length) {
                offsets = Arrays.copyOf(offsets, 2 * size);
                rows = Arrays.copyOf(rows, 2 * size);
            }
            isSorted &= size == 0 || offsets[size - 1] <= offset;
            offsets[size] = offset;
            rows[size++] = row;
        }

        /** Mostly they are: a partition is brought over in its order. */
        private void sort() {
            if (isSorted) {
                return;
            }
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> offsets[i]).thenComparing(i -> rows[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            offsets = Arrays.stream(order).mapToLong(i -> offsets[i]).toArray();
            rows = Arrays.stream(order).map(i -> rows[i]).toArray();
            isSorted = true;
        }

        int find(long offset) {
            sort();
            int at = Arrays.binarySearch(offsets, 0, size, offset);
            while (at > 0 && offsets[at - 1] == offset) {
                at--;
            }
            return at < 0 ? NONE : rows[at];
        }

        long first() {
            sort();
            return offsets[0];
        }

        long last() {
            sort();
            return offsets[size - 1];
        }
    }

    private final Map<SourcePartition, Rows> partitions = new HashMap<>();

    void add(Position at, int row) {
        partitions
                .computeIfAbsent(new SourcePartition(at.topic(), at.partition()), partition -> new Rows())
                .add(at.offset(), row);
    }

    /** The first row of the event that stands there, or -1. */
    int find(Position at) {
        Rows rows = partitions.get(new SourcePartition(at.topic(), at.partition()));
        return rows == null ? NONE : rows.find(at.offset());
    }

    /** Whether what stands there comes before all of its partition that were brought over. */
    boolean isBefore(Position at) {
        Rows rows = partitions.get(new SourcePartition(at.topic(), at.partition()));
        return rows == null || at.offset() < rows.first();
    }

    /** Whether what stands there comes after all of its partition that were brought over. */
    boolean isAfter(Position at) {
        Rows rows = partitions.get(new SourcePartition(at.topic(), at.partition()));
        return rows == null || at.offset() > rows.last();
    }
}
