package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;

/**
 * Why an event is not in view.
 *
 * @param gone whether it was there once, or stood before all that was read
 * @param sentence the same for people
 */
public record Absence(boolean gone, String sentence) {
    static Absence of(Dot dot, HeldProcess process, int limit) {
        if (process == null || (process.lastCounter() == 0 && !process.isPast(dot.counter()))) {
            return new Absence(
                    false,
                    "An event that is asked for was published: event=" + dot + "; no event of " + dot.process()
                            + " was read, GET /processes names all that were");
        }
        if (process.isPast(dot.counter())) {
            long first = process.firstHeldCounter();
            return new Absence(
                    true,
                    "The reader holds the newest events, at most " + limit + ": event=" + dot + " is older, "
                            + (first == Long.MAX_VALUE
                                    ? "and so is all of " + dot.process()
                                    : "of " + dot.process() + " those from " + new Dot(dot.process(), first)
                                            + " on are held")
                            + "; raise --reader-events, or run 'antichain explain', which reads the whole topic");
        }
        if (dot.counter() > process.lastCounter()) {
            return new Absence(
                    false,
                    "An event that is asked for was published: event=" + dot + ", but the last that was read is "
                            + new Dot(dot.process(), process.lastCounter()) + "; wait for it, or name another");
        }
        return new Absence(
                false,
                "An event that is asked for is in the log: event=" + dot + " is missing there, or was refused; GET"
                        + " /anomalies tells which");
    }
}
