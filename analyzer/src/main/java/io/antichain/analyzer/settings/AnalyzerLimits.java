package io.antichain.analyzer.settings;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.schemas.Gateway;

/**
 * How far an analyzer's patience and memory go.
 *
 * @param engine what the order engine holds, and for how long
 * @param maxClockWidth the most entries that a clock may have
 * @param unknownIdGraceMs how long an unknown schema id is doubted rather than the bytes, ms; a starting registry answers
 *     so for 15 s or more
 * @param storeEvery after how many records a task stores its state; a start reads again the window, and so many records at
 *     most
 * @param reader how much of the history it holds to answer questions
 */
public record AnalyzerLimits(
        EngineLimits engine, int maxClockWidth, long unknownIdGraceMs, int storeEvery, ViewLimits reader) {
    /** The grace time for unknown schema ids unless another is given, ms. */
    public static final long DEFAULT_UNKNOWN_ID_GRACE_MS = 30_000;

    /** The records between two stored states unless another number is given. */
    public static final int DEFAULT_STORE_EVERY = 100_000;

    /** The limits of a production analyzer. */
    public static final AnalyzerLimits DEFAULT = new AnalyzerLimits(
            EngineLimits.DEFAULT,
            Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            DEFAULT_UNKNOWN_ID_GRACE_MS,
            DEFAULT_STORE_EVERY,
            ViewLimits.DEFAULT);
}
