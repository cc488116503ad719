package io.antichain.analyzer.order;

import io.antichain.schemas.Gateway;

/**
 * How far an engine's patience and memory go.
 *
 * @param maxProcesses the most processes that clocks may name, all together; at least 1
 * @param maxClockJump how far a clock's entry may run ahead of all clocks heard before, in events; at least 1
 * @param maxUnstable the most records held, checked every so many records; beyond it whoever holds most back is silenced
 * @param silentAfterMs for how long, in ms of log time on every partition, a process may say nothing and still hold
 *     back what it has not acknowledged
 * @param graceMs for how long, in ms of log time, an event that is known to exist may be missing from the log
 * @param settleEvery after how many records what is stable is dropped: once for each 64 lanes begun; at least 1
 */
public record EngineLimits(
        int maxProcesses, long maxClockJump, long maxUnstable, long silentAfterMs, long graceMs, int settleEvery) {
    /** 1,000 processes, jumps of 1,000,000 events, 1,000,000 records, 10 minutes, 1 minute. */
    public static final EngineLimits DEFAULT = new EngineLimits(
            Gateway.DEFAULT_MAX_CLOCK_WIDTH, Gateway.DEFAULT_MAX_CLOCK_JUMP, 1_000_000, 600_000, 60_000, 64);

    /** For an execution that is known whole, from a file: nothing is too far and nobody is silent. */
    public static final EngineLimits WHOLE_EXECUTION =
            new EngineLimits(Integer.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 64);
}
