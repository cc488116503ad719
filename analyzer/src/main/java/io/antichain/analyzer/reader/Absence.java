package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;

/**
 * Why an event is not in view.
 *
 * @param gone whether it was there once, or stood before all that is held
 * @param sentence the same for people
 */
public record Absence(boolean gone, String sentence) {
    /** @param process its process; null if nothing of it is held */
    static Absence of(Dot dot, HeldProcess process, int limit) {
        if (process == null) {
            return new Absence(
                    false,
                    "No event of " + dot.process() + " is in view: event=" + dot + ", reader-events=" + limit
                            + "; GET /processes names the processes of which there are events");
        }
        if (process.isPast(dot.counter())) {
            return new Absence(
                    true,
                    "The event is older than those in view: event=" + dot + ", first in view="
                            + process.chain().get(0).dot() + ", reader-events=" + limit + "; raise --reader-events, or"
                            + " run 'antichain explain', which reads the whole topic");
        }
        Dot last = process.chain().last().dot();
        if (dot.counter() > last.counter()) {
            return new Absence(
                    false,
                    "The event has not been read yet: event=" + dot + ", last read=" + last
                            + "; wait for it, or name another");
        }
        return new Absence(
                false,
                "The event is missing in the log, or was refused: event=" + dot + "; GET /anomalies tells which");
    }
}
