package io.antichain.schemas;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly.Kind;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that may doubt a decoded event, used by nodes and analyzer alike. A rejected event changes no clock and no
 * verdict.
 *
 * @param maxClockWidth the most entries that a clock may have
 * @param maxClockJump how many events an entry, or a Lamport timestamp, may run ahead of what was heard before
 */
public record Gateway(int maxClockWidth, long maxClockJump) {
    /** The clock width that is accepted unless another is given. */
    public static final int DEFAULT_MAX_CLOCK_WIDTH = 1_000;

    /** The jump that is accepted unless another is given. */
    public static final long DEFAULT_MAX_CLOCK_JUMP = 1_000_000;

    /**
     * The longest that the written names in a clock may be together, in UTF-16 code units, whatever the width: two clocks and
     * a key must fit into a record.
     */
    public static final int MAX_CLOCK_NAME_LENGTH = 100_000;

    /** The names of so many entries at most are not longer than {@link #MAX_CLOCK_NAME_LENGTH}. */
    private static final int SURELY_NARROW = MAX_CLOCK_NAME_LENGTH / (ProcessId.MAX_NAME_LENGTH + 10);

    /** A gateway with the default jump, for those who judge jumps themselves. */
    public Gateway(int maxClockWidth) {
        this(maxClockWidth, DEFAULT_MAX_CLOCK_JUMP);
    }

    /**
     * Why an event is not believed.
     *
     * @param kind the rule that does not hold
     * @param sentence the rule and what was found
     * @param evidence the values that show it, by name
     */
    public record Rejection(Kind kind, String sentence, Map<String, String> evidence) {}

    /** Empty if {@code event} may be believed, as far as it shows by itself. */
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
        if (clock.size() > SURELY_NARROW && nameLength(clock) > MAX_CLOCK_NAME_LENGTH) {
            return Optional.of(new Rejection(
                    Kind.CLOCK_TOO_WIDE,
                    "The names in a clock have at most " + MAX_CLOCK_NAME_LENGTH + " characters together: process="
                            + event.process()
                            + ", counter=" + event.counter() + ", length=" + nameLength(clock)
                            + "; give processes shorter names",
                    Map.of("nameLength", Long.toString(nameLength(clock)))));
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

    private static long nameLength(VectorClock clock) {
        return clock.entries().keySet().stream()
                .mapToLong(process -> process.toString().length())
                .sum();
    }

    /**
     * Empty if {@code event} may be believed by one who has heard this much. A message without a vector clock may: only its
     * timestamp is looked at. An entry of a process that was never heard, and the first timestamp, may be anything.
     *
     * @param heard the clock of everything heard so far
     * @param heardLamport the Lamport timestamp at the same moment
     */
    public Optional<Rejection> check(Event event, VectorClock heard, LamportTimestamp heardLamport) {
        Optional<Rejection> byItself = event.clock().isPresent() ? check(event) : Optional.empty();
        return byItself.or(() -> checkJump(event, heard, heardLamport));
    }

    private Optional<Rejection> checkJump(Event event, VectorClock heard, LamportTimestamp heardLamport) {
        long timestamp = event.lamport().value();
        if (heardLamport.value() > 0 && timestamp - heardLamport.value() > maxClockJump) {
            return Optional.of(tooFar(event, "lamport", timestamp, heardLamport.value(), maxClockJump));
        }
        Furthest furthest = new Furthest(heard);
        event.clock().ifPresent(clock -> clock.forEach(furthest::see));
        return furthest.jump > maxClockJump
                ? Optional.of(tooFar(
                        event,
                        furthest.process.toString(),
                        furthest.entry,
                        furthest.entry - furthest.jump,
                        maxClockJump))
                : Optional.empty();
    }

    /**
     * That an entry of an event's clock runs too far ahead.
     *
     * @param entry whose entry, or {@code lamport}
     * @param now what the event has there, a count of events or a Lamport timestamp
     * @param heard the greatest that was heard there before
     * @param maxClockJump how far ahead it may run, in events
     */
    public static Rejection tooFar(Event event, String entry, long now, long heard, long maxClockJump) {
        return new Rejection(
                Kind.CLOCK_TOO_FAR,
                "A clock runs at most " + maxClockJump + " events ahead of what was heard: process=" + event.process()
                        + ", counter=" + event.counter() + ", " + entry + "=" + now + ", heard=" + heard
                        + "; its clock is corrupt, or raise --max-clock-jump",
                Map.of("entry", entry, "now", Long.toString(now), "heard", Long.toString(heard)));
    }

    /** The entry that runs furthest ahead. */
    private static final class Furthest {
        private final VectorClock heard;
        private ProcessId process;
        private long entry;
        private long jump;

        Furthest(VectorClock heard) {
            this.heard = heard;
        }

        void see(ProcessId candidate, long counter) {
            long before = heard.get(candidate);
            if (before > 0 && counter - before > jump) {
                process = candidate;
                entry = counter;
                jump = counter - before;
            }
        }
    }
}
