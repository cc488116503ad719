package io.antichain.cli.command;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.schemas.Gateway;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that bound what the analyzer believes, holds and waits for. */
final class AnalyzerLimitOptions {
    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "believe a clock with at most N entries, and at most N processes altogether (default: "
                    + "${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "believe a clock that runs at most N events ahead of what was read so far (default: "
                    + "${DEFAULT-VALUE})")
    private long maxClockJump;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "" + EngineLimits.DEFAULT_WINDOW,
            description = "hold an event for N further arrivals, and compare it with each of them (default: "
                    + "${DEFAULT-VALUE})")
    private long window;

    @Option(
            names = "--window-time",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "hold an event for at most this long, in log time (default: ${DEFAULT-VALUE})")
    private long windowHours;

    @Option(
            names = "--window-memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description = "memory for the events that are held; if the window needs more, fewer events are held. With "
                    + "--scope key partitions have equal shares of it (default: ${DEFAULT-VALUE})")
    private long windowMib;

    @Option(
            names = "--key-memory",
            paramLabel = "MIB",
            defaultValue = "64",
            description =
                    "memory for the siblings that are remembered beyond the window with --scope key, in equal shares for "
                            + "its partitions; the keys written longest ago are forgotten first (default: "
                            + "${DEFAULT-VALUE})")
    private long keyMib;

    @Option(
            names = "--forget",
            paramLabel = "HOURS",
            defaultValue = "168",
            description = "forget the past of a process after this long without an event of it, in log time; "
                    + "choose many times --window-time (default: ${DEFAULT-VALUE})")
    private long forgetHours;

    @Option(
            names = "--gap-grace",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "report an event as missing after this long, in log time (default: ${DEFAULT-VALUE})")
    private long gapGraceSeconds;

    @Option(
            names = "--reader-events",
            paramLabel = "N",
            defaultValue = "" + ViewLimits.DEFAULT_EVENTS,
            description = "hold at most N events in memory to answer questions about history, about 1 kB each; "
                    + "for older ones use 'antichain explain' (default: ${DEFAULT-VALUE})")
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

    static void requirePositive(String flag, long value) {
        if (value < 1 || value > Long.MAX_VALUE >> 30) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A limit is out of range: " + flag.substring(2) + "=" + value + "; choose " + flag
                            + " of 1 or more");
        }
    }
}
