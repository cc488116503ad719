package io.antichain.schemas;

import io.antichain.clocks.ProcessId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.LongStream;

/**
 * The runs of one conflict, laid flat: one array of numbers for all of them, so that a conflict with many costs no object a
 * run. A list like any other, which makes a {@link Run} of those that are asked for. Immutable.
 */
public final class Runs extends AbstractList<Run> implements RandomAccess {
    /**
     * How many numbers stand for a run: those of {@link Run}, in its order, from {@code firstCounter} to {@code witness}, with
     * the index of a partition and an offset for each position.
     */
    public static final int WIDTH = 8;

    private static final int LENGTH = 6;
    private static final long[][] ALL_CONSECUTIVE = {};

    private final ProcessId[] processes;
    private final long[] numbers;
    private final long[][] counters;
    private final List<SourcePartition> partitions;

    /**
     * Copies what is given.
     *
     * @param size how many runs there are
     * @param processes the process of each
     * @param numbers {@link #WIDTH} numbers of each
     * @param counters the counters of each whose counters are not consecutive, null for others; null if there is none such
     * @param partitions those that the numbers' indices mean; not copied, must not change
     */
    public Runs(int size, ProcessId[] processes, long[] numbers, long[][] counters, List<SourcePartition> partitions) {
        this.partitions = partitions;
        this.processes = Arrays.copyOf(processes, size);
        this.numbers = Arrays.copyOf(numbers, size * WIDTH);
        this.counters = counters == null ? ALL_CONSECUTIVE : Arrays.copyOf(counters, size);
    }

    @Override
    public int size() {
        return processes.length;
    }

    @Override
    public Run get(int index) {
        int at = index * WIDTH;
        return new Run(
                processes[index],
                numbers[at],
                numbers[at + 1],
                position(at + 2),
                position(at + 4),
                numbers[at + LENGTH],
                numbers[at + 7],
                listed(index));
    }

    private Position position(int at) {
        return partitions.get((int) numbers[at]).at(numbers[at + 1]);
    }

    /** How many pairs there are: the sum of all lengths. */
    public long pairs() {
        long pairs = 0;
        for (int at = LENGTH; at < numbers.length; at += WIDTH) {
            pairs += numbers[at];
        }
        return pairs;
    }

    private List<Long> listed(int index) {
        boolean consecutive = counters.length == 0 || counters[index] == null;
        return consecutive ? List.of() : LongStream.of(counters[index]).boxed().toList();
    }
}
