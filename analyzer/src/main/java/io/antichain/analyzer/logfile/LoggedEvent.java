package io.antichain.analyzer.logfile;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;

/**
 * One event as a log file has it.
 *
 * @param process whose event
 * @param clock its vector clock, with an entry of at least 1 for the process
 * @param text what happened
 * @param line the first line of its entry, from 1
 */
public record LoggedEvent(ProcessId process, VectorClock clock, String text, int line) {
    /** Its identity: the own entry is the counter. */
    public Dot dot() {
        return new Dot(process, clock.get(process));
    }
}
