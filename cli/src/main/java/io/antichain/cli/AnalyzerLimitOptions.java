package io.antichain.cli;

import io.antichain.analyzer.AnalyzerLimits;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.schemas.Gateway;
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
            names = "--max-unstable",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "most events held in memory, of each partition with --scope key; beyond it the process that"
                    + " holds most back counts as silent (default: ${DEFAULT-VALUE})")
    private long maxUnstable;

    @Option(
            names = "--silent-after",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "log time after which a process that says nothing holds nothing back any more (default:"
                    + " ${DEFAULT-VALUE})")
    private long silentAfterSeconds;

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
        requirePositive("--max-unstable", maxUnstable);
        requirePositive("--silent-after", silentAfterSeconds);
        requirePositive("--gap-grace", gapGraceSeconds);
        requirePositive("--reader-events", readerEvents);
        return new AnalyzerLimits(
                new EngineLimits(
                        maxClockWidth,
                        maxClockJump,
                        maxUnstable,
                        1_000 * silentAfterSeconds,
                        1_000 * gapGraceSeconds,
                        EngineLimits.DEFAULT.settleEvery()),
                maxClockWidth,
                AnalyzerLimits.DEFAULT_UNKNOWN_ID_GRACE_MS,
                AnalyzerLimits.DEFAULT_FRONTIER_EVERY,
                new ViewLimits(readerEvents));
    }

    private static void requirePositive(String flag, long value) {
        if (value < 1 || value > Long.MAX_VALUE / 1_000) {
            throw new CommandFailure(
                    ExitCode.USAGE, "A limit is 1 or more: " + flag.substring(2) + "=" + value + "; choose " + flag);
        }
    }
}
