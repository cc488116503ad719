package io.antichain.cli.doctor;

import java.util.Locale;

/**
 * A wall clock held against that of this machine.
 *
 * @param machine whose it is, for people
 * @param aheadMs how far it is ahead, ms; below 0 if it is behind
 * @param uncertaintyMs how far that may be from the truth, ms: half of what the answer took, and what it rounds off
 */
public record ClockReading(String machine, long aheadMs, long uncertaintyMs) {
    /**
     * One taken from an answer that tells the time.
     *
     * @param toldMs what it tells, ms since 1970 UTC
     * @param roundedOffMs how much later it can have been by that clock, ms
     * @param sentMs when it was asked for, by this machine's clock
     * @param receivedMs when it came
     */
    public static ClockReading between(String machine, long toldMs, long roundedOffMs, long sentMs, long receivedMs) {
        return new ClockReading(
                machine,
                toldMs + roundedOffMs / 2 - (sentMs + receivedMs) / 2,
                (receivedMs - sentMs + roundedOffMs + 1) / 2);
    }

    /** How far it is off at least, ms; 0 or more. */
    long offMs() {
        return Math.max(0, Math.abs(aheadMs) - uncertaintyMs);
    }

    /** As in "7.3 s ahead, give or take 0.6 s". */
    public String written() {
        return seconds(Math.abs(aheadMs)) + (aheadMs < 0 ? " behind" : " ahead") + ", give or take "
                + seconds(uncertaintyMs);
    }

    static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1_000.0);
    }
}
