package io.antichain.cli.verify;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.schemas.Gateway;

/**
 * What the analyzer whose records are checked was told.
 *
 * @param window for how many arrivals an event is held, from 1
 * @param maxClockWidth the most entries that a clock may have, and the most processes that all clocks may name
 * @param maxClockJump how far an entry may run ahead of all that were heard before, in events
 */
public record VerifyLimits(int window, int maxClockWidth, long maxClockJump) {
    /** The window unless another is given, in arrivals. */
    public static final int DEFAULT_WINDOW = (int) EngineLimits.DEFAULT_WINDOW;

    /** Those of an analyzer without flags. */
    public static final VerifyLimits DEFAULT =
            new VerifyLimits(DEFAULT_WINDOW, Gateway.DEFAULT_MAX_CLOCK_WIDTH, Gateway.DEFAULT_MAX_CLOCK_JUMP);
}
