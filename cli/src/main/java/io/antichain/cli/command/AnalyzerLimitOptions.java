package io.antichain.cli.command;

import io.antichain.analyzer.AnalyzerLimits;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.schemas.Gateway;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that bound what the analyzer believes, holds and waits for. */
final class AnalyzerLimitOptions {
    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "most entries of a clock that is believed, and most processes altogether (default:"
                    + " ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "most events that a believed clock may run ahead of what was heard (default:"
                    + " ${DEFAULT-VALUE})")
    private long maxClockJump;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "" + EngineLimits.DEFAULT_WINDOW,
            description = "for how many arrivals after its own an event is held and compared with others (default:"
                    + " ${DEFAULT-VALUE})")
    private long window;

    @Option(
            names = "--window-time",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "for how long an event is held at most, in log time (default: ${DEFAULT-VALUE})")
    private long windowHours;

    @Option(
            names = "--window-memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description =
                    "how much memory the events held may take, of each partition with --scope key; where the window"
                            + " needs more, fewer are held (default: ${DEFAULT-VALUE})")
    private long windowMib;

    @Option(
            names = "--key-memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description =
                    "how much memory the siblings may take that are remembered beyond the window, of each partition"
                            + " with --scope key; the least recently written keys are forgotten first (default: ${DEFAULT-VALUE})")
    private long keyMib;

    @Option(
            names = "--forget",
            paramLabel = "HOURS",
            defaultValue = "168",
            description = "after how long without an event a process's past is forgotten, in log time; many times"
                    + " --window-time (default: ${DEFAULT-VALUE})")
    private long forgetHours;

    @Option(
            names = "--gap-grace",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "log time for which an event that must exist may be missing before that is said (default:"
                    + " ${DEFAULT-VALUE})")
    private long gapGraceSeconds;

    @Option(
            names = "--reader-events",
            paramLabel = "N",
            defaultValue = "" + ViewLimits.DEFAULT_EVENTS,
            description = "most events held in memory to answer questions about history, about 1 kB each; older ones"
                    + " are left to 'antichain explain' (default: ${DEFAULT-VALUE})")
    private int readerEvents;

    AnalyzerLimits limits() {
        requirePositive("--max-clock-width", maxClockWidth);
        requirePositive("--max-clock-jump", maxClockJump);
        requirePositive("--window", window);
        requirePositive("--window-time", windowHours);
        requirePositive("--window-memory", windowMib);
        requirePositive("--key-memory", keyMib);
        requirePositive("--forget", forgetHours);
        if (forgetHours <= windowHours) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A process would be forgotten while its events are held: forget=" + forgetHours
                            + " hours, window-time=" + windowHours
                            + " hours; choose --forget many times --window-time");
        }
        requirePositive("--gap-grace", gapGraceSeconds);
        requirePositive("--reader-events", readerEvents);
        return new AnalyzerLimits(
                new EngineLimits(
                        maxClockWidth,
                        maxClockJump,
                        window,
                        Duration.ofHours(windowHours).toMillis(),
                        windowMib << 20,
                        keyMib << 20,
                        Duration.ofHours(forgetHours).toMillis(),
                        1_000 * gapGraceSeconds),
                maxClockWidth,
                AnalyzerLimits.DEFAULT_UNKNOWN_ID_GRACE_MS,
                AnalyzerLimits.DEFAULT_STORE_EVERY,
                new ViewLimits(readerEvents));
    }

    private static void requirePositive(String flag, long value) {
        if (value < 1 || value > Long.MAX_VALUE >> 30) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A limit is out of range: " + flag.substring(2) + "=" + value + "; choose " + flag
                            + " of 1 or more");
        }
    }
}
