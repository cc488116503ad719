package io.antichain.schemas;

import io.antichain.schemas.Anomaly.Kind;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that may doubt a decoded event, used by nodes and analyzer alike. A rejected event changes no clock and no
 * verdict.
 *
 * @param maxClockWidth the most entries that a clock may have
 */
public record Gateway(int maxClockWidth) {
    /** The clock width that is accepted unless another is given. */
    public static final int DEFAULT_MAX_CLOCK_WIDTH = 1_000;

    /**
     * Why an event is not believed.
     *
     * @param kind the rule that does not hold
     * @param sentence the rule and what was found
     * @param evidence the values that show it, by name
     */
    public record Rejection(Kind kind, String sentence, Map<String, String> evidence) {}

    /** Empty if {@code event} may be believed. */
    public Optional<Rejection> check(Event event) {
        if (event.clock().isEmpty()) {
            return Optional.of(new Rejection(
                    Kind.NO_VECTOR_CLOCK,
                    "A message without a vector clock is outside the order: process=" + event.process() + ", counter="
                            + event.counter() + "; its node runs with --clock lamport",
                    Map.of("lamport", event.lamport().toString())));
        }
        var clock = event.clock().get();
        if (clock.size() > maxClockWidth) {
            return Optional.of(new Rejection(
                    Kind.CLOCK_TOO_WIDE,
                    "A clock has at most " + maxClockWidth + " entries: process=" + event.process() + ", counter="
                            + event.counter() + ", entries=" + clock.size() + "; raise --max-clock-width if this many"
                            + " processes are real",
                    Map.of("entries", Integer.toString(clock.size()))));
        }
        if (clock.get(event.process()) != event.counter()) {
            return Optional.of(new Rejection(
                    Kind.OWN_ENTRY_MISMATCH,
                    "A clock's own entry is the counter: process=" + event.process() + ", counter=" + event.counter()
                            + ", entry=" + clock.get(event.process()) + "; the sender's clock is broken",
                    Map.of("entry", Long.toString(clock.get(event.process())))));
        }
        return Optional.empty();
    }
}
