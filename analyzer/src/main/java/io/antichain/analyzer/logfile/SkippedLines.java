package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that belong to no event and are not blank.
 *
 * @param count how many there are
 * @param first the first of them, at most {@link #NAMED}
 */
public record SkippedLines(long count, List<Line> first) {
    /** How many are kept by name: a file of rubbish must not fill the memory. */
    public static final int NAMED = 1_000;

    /** None. */
    public static final SkippedLines NONE = new SkippedLines(0, List.of());

    /**
     * One skipped line.
     *
     * @param file the file's name
     * @param number from 1
     * @param reason why
     */
    public record Line(String file, int number, SkipReason reason) {}

    public SkippedLines {
        first = List.copyOf(first);
    }

    /** Those of both, in this order. */
    SkippedLines and(SkippedLines others) {
        Collector both = new Collector();
        first.forEach(both::add);
        others.first.forEach(both::add);
        return new SkippedLines(count + others.count, both.first);
    }

    /** Those of both, by file, and by line in each. */
    SkippedLines inLineOrderWith(SkippedLines others) {
        SkippedLines both = and(others);
        if (others.count == 0) {
            return both;
        }
        Map<String, Integer> files = new HashMap<>();
        both.first.forEach(line -> files.putIfAbsent(line.file, files.size()));
        List<Line> sorted = new ArrayList<>(both.first);
        sorted.sort(Comparator.<Line>comparingInt(line -> files.get(line.file)).thenComparingInt(Line::number));
        return new SkippedLines(both.count, sorted);
    }

    /** Takes skipped lines as they are found. */
    static final class Collector {
        private final List<Line> first = new ArrayList<>();
        private long count;

        void add(String file, int number, SkipReason reason) {
            add(new Line(file, number, reason));
        }

        private void add(Line line) {
            count++;
            if (first.size() < NAMED) {
                first.add(line);
            }
        }

        SkippedLines collected() {
            return new SkippedLines(count, first);
        }
    }
}
