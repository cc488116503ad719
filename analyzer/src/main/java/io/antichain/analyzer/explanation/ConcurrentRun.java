package io.antichain.analyzer.explanation;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import java.util.List;

/**
 * Why a whole run is concurrent with an event. The run's last event knew most, so its entry speaks for all of them.
 *
 * @param event the conflict's event
 * @param last the run's last event
 * @param length how many events the run has
 * @param eventKnew the event's entry for the run's process: below the run's first counter
 * @param lastKnew the last event's entry for the event's process: below the event's counter
 */
public record ConcurrentRun(Dot event, Dot last, long length, ClockEntry eventKnew, ClockEntry lastKnew)
        implements Explanation {
    public static ConcurrentRun of(EventRef event, Run run) {
        Dot last = new Dot(run.process(), run.lastCounter());
        return new ConcurrentRun(
                event.dot(),
                last,
                run.length(),
                ClockEntry.of(event.dot(), event.clock(), run.process()),
                new ClockEntry(last, event.dot().process(), run.witness()));
    }

    @Override
    public List<ClockEntry> witness() {
        return List.of(eventKnew, lastKnew);
    }

    @Override
    public String sentence() {
        return length == 1
                ? eventKnew.without(last) + "; " + lastKnew.without(event) + "."
                : eventKnew.sentence() + ", so it knew none of these; " + last + ", the last of these, knew "
                        + lastKnew.events() + ", so none of these knew " + event + ".";
    }
}
