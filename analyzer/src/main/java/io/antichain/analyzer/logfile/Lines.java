package io.antichain.analyzer.logfile;

import java.util.Arrays;
import java.util.List;

/** Where the lines of a text begin: from a position to a line number in logarithmic time. */
final class Lines {
    private final String text;
    private final int[] starts;

    Lines(String text) {
        this.text = text;
        int[] found = new int[16];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = at + 1;
        }
        starts = Arrays.copyOf(found, count);
    }

    /** The number, from 1, of the line that holds the position. */
    int number(int position) {
        int index = Arrays.binarySearch(starts, position);
        return index >= 0 ? index + 1 : -index - 1;
    }

    /** Adds the numbers of the lines that have something other than white space between the two positions. */
    void addNotBlank(List<Integer> numbers, int from, int to) {
        int at = from;
        while (at < to) {
            int number = number(at);
            int end = number < starts.length ? Math.min(starts[number], to) : to;
            if (!text.substring(at, end).isBlank()) {
                numbers.add(number);
            }
            at = end;
        }
    }
}
