package io.antichain.cli.access;

import io.antichain.cli.doctor.ClockReading;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;

/** The wall clock of a machine, by the header Date of its answers. It counts whole seconds. */
public final class HttpDate {
    private static final long ROUNDED_OFF_MS = 1_000;

    private HttpDate() {}

    /**
     * Holds it against the clock of this machine. Asks twice, so that the second answer need not wait for a connection.
     *
     * @param machine whose it is, for people
     * @param ask asks once; empty if there is no such header
     */
    public static Optional<ClockReading> reading(String machine, Supplier<Optional<String>> ask) {
        if (ask.get().isEmpty()) {
            return Optional.empty();
        }
        long sentMs = System.currentTimeMillis();
        Optional<String> date = ask.get();
        long receivedMs = System.currentTimeMillis();
        return date.flatMap(HttpDate::timeMs)
                .map(toldMs -> ClockReading.between(machine, toldMs, ROUNDED_OFF_MS, sentMs, receivedMs));
    }

    private static Optional<Long> timeMs(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
