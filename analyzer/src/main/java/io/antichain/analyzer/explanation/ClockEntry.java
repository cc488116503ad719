package io.antichain.analyzer.explanation;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;

/**
 * One entry of an event's clock: how many events of a process the event knew.
 *
 * @param event whose clock
 * @param of the process that the entry is about
 * @param known how many of its events are in the history of {@code event}, from 0
 */
public record ClockEntry(Dot event, ProcessId of, long known) {
    static ClockEntry of(Dot event, VectorClock clock, ProcessId process) {
        return new ClockEntry(event, process, clock.get(process));
    }

    /** Whether {@code dot}, an event of the process that the entry is about, was known. */
    boolean includes(Dot dot) {
        return known >= dot.counter();
    }

    /** Such as "b:3 knew 2 events of a". */
    String sentence() {
        return event + " knew " + events();
    }

    /** Such as "2 events of a". */
    String events() {
        return switch ((int) Math.min(known, 2)) {
            case 0 -> "no event of " + of;
            case 1 -> "1 event of " + of;
            default -> known + " events of " + of;
        };
    }

    /** That an event of the process was among those known. */
    String with(Dot dot) {
        return sentence() + ", " + dot + " among them";
    }

    /** Why one event follows another of its own process: no clock is needed. */
    static String sameProcess(Dot event) {
        return "both are events of " + event.process() + ", in this order.";
    }

    /** That an event of the process was not among those known. */
    String without(Dot dot) {
        return sentence() + ", so not " + dot;
    }
}
