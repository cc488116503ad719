package io.antichain.cli.command;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Conflict;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say which conflict records are meant: those that match all that are given. */
final class ConflictFilterOptions {
    @Option(names = "--key", paramLabel = "KEY", description = "print only records with this key")
    private String key;

    @Option(
            names = "--process",
            paramLabel = "PROCESS",
            description = "print only records that name an event of this process")
    private String process;

    @Option(names = "--status", paramLabel = "concurrent|resolved", description = "print only records with this status")
    private Conflict.Status status;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "print only records whose event reached the log at this time or later; write it as in "
                    + "2026-01-31T12:00:00Z")
    private String since;

    /** Which records are meant. */
    @FunctionalInterface
    interface Filter {
        boolean matches(Conflict conflict, long logTimeMs);
    }

    Filter filter() {
        long sinceMs = since == null ? Long.MIN_VALUE : instant(since).toEpochMilli();
        Optional<ProcessId> named = Optional.ofNullable(process).map(ConflictFilterOptions::processId);
        return (conflict, logTimeMs) -> logTimeMs >= sinceMs
                && (key == null || conflict.key().equals(Optional.of(key)))
                && (status == null || conflict.status() == status)
                && (named.isEmpty() || conflict.concerns(named.get()));
    }

    private static ProcessId processId(String written) {
        try {
            return ProcessId.parse(written);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private static Instant instant(String written) {
        try {
            return Instant.parse(written);
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The time is not in ISO 8601 in UTC: since=" + written + "; write it as in 2026-01-31T12:00:00Z",
                    e);
        }
    }
}
