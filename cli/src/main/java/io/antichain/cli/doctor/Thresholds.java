package io.antichain.cli.doctor;

/**
 * The limits of the analyzer that the topics are meant for.
 *
 * @param maxClockWidth the most entries that it believes a clock to have, and the most processes altogether; 1 or more
 * @param window for how many further arrivals it holds an event; 1 or more
 * @param windowTimeMs how long it holds an event at most, in log time, ms; 1 or more
 */
public record Thresholds(int maxClockWidth, long window, long windowTimeMs) {
    private static final long HOUR_MS = 3_600_000;

    /** The time as findings write it, in the unit of the analyzer's flag. */
    String windowTime() {
        return windowTimeMs / HOUR_MS + " h";
    }
}
