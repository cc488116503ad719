package io.antichain.analyzer.order;

import io.antichain.schemas.Gateway;

/**
 * How far an engine's memory and patience go.
 *
 * @param maxProcesses the most processes that clocks may name, all together; at least 1
 * @param maxClockJump how far a clock's entry may run ahead of all clocks heard before, in events; at least 1
 * @param window for how many arrivals after its own an event is held; at least 1
 * @param windowMs for how long an event is held at most, ms of log time
 * @param windowBytes how much memory the held events may take; where that is less than the window needs, fewer are held
 * @param keyBytes scope key: how much memory the siblings may take that are remembered beyond the window
 * @param forgetMs after how long without an event a process's low-water mark is forgotten, ms of log time; many times
 *     {@code windowMs}
 * @param graceMs for how long, ms of log time, an event that is known to exist may be missing from the log
 */
public record EngineLimits(
        int maxProcesses,
        long maxClockJump,
        long window,
        long windowMs,
        long windowBytes,
        long keyBytes,
        long forgetMs,
        long graceMs) {
    private static final long DAY_MS = 86_400_000;

    /** The window unless another is given, arrivals. */
    public static final long DEFAULT_WINDOW = 500_000;

    /** 1,000 processes, jumps of 1,000,000 events, 500,000 arrivals, 1 day, 64 MiB, 64 MiB, 7 days, 1 minute. */
    public static final EngineLimits DEFAULT = new EngineLimits(
            Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            Gateway.DEFAULT_MAX_CLOCK_JUMP,
            DEFAULT_WINDOW,
            DAY_MS,
            64L << 20,
            64L << 20,
            7 * DAY_MS,
            60_000);

    /**
     * For an execution that is known whole, from a file: all of it is held, nothing is too far, clocks leave nothing out,
     * and counters begin at 1.
     */
    public static final EngineLimits WHOLE_EXECUTION = new EngineLimits(
            Integer.MAX_VALUE,
            Long.MAX_VALUE / 2,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);

    public EngineLimits {
        if (maxProcesses < 1 || maxClockJump < 1 || window < 1 || windowMs < 1 || windowBytes < 1 || keyBytes < 0) {
            throw new IllegalArgumentException("An engine's limits are too low: maxProcesses=" + maxProcesses
                    + ", maxClockJump=" + maxClockJump + ", window=" + window + ", windowMs=" + windowMs
                    + ", windowBytes=" + windowBytes + ", keyBytes=" + keyBytes + "; give each 1 or more");
        }
    }

    /** Whether nothing stood before what is told, so that the counters from 1 on are missing where they are not. */
    boolean isWholeExecution() {
        return equals(WHOLE_EXECUTION);
    }

    /** Those of one of several engines, which share the memory: as many as there are partitions, wherever each of them is read. */
    public EngineLimits sharedBy(int engines) {
        return new EngineLimits(
                maxProcesses,
                maxClockJump,
                window,
                windowMs,
                Math.max(1, windowBytes / engines),
                keyBytes / engines,
                forgetMs,
                graceMs);
    }

    /** The same with another window, in arrivals. */
    public EngineLimits withWindow(long arrivals) {
        return new EngineLimits(
                maxProcesses, maxClockJump, arrivals, windowMs, windowBytes, keyBytes, forgetMs, graceMs);
    }
}
