package io.antichain.analyzer.order;

import java.util.Arrays;

/** The unstable events of one lane that have one key: their sequence numbers in the lane's window. */
final class KeyChain implements Chain {
    private final Lane lane;
    private long[] sequences = new long[2];
    private int start;
    private int end;

    KeyChain(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public long counter(int position) {
        return lane.window().counter(inWindow(position));
    }

    @Override
    public long offset(int position) {
        return lane.window().offset(inWindow(position));
    }

    @Override
    public long entry(int position, int process) {
        return lane.window().entry(inWindow(position), process);
    }

    @Override
    public int firstAbove(long counter) {
        int low = 0;
        int high = length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (counter(middle) > counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public int firstThatKnew(int process, long counter) {
        int low = 0;
        int high = length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entry(middle, process) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void append(long sequence) {
        if (end == sequences.length) {
            int length = length();
            long[] moved = length <= end / 2 ? sequences : Arrays.copyOf(sequences, 2 * end);
            System.arraycopy(sequences, start, moved, 0, length);
            sequences = moved;
            start = 0;
            end = length;
        }
        sequences[end++] = sequence;
    }

    void dropFirst() {
        start++;
    }

    private int inWindow(int position) {
        return lane.window().position(sequences[start + position]);
    }
}
