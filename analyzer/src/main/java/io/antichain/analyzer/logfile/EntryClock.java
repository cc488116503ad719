package io.antichain.analyzer.logfile;

import io.antichain.clocks.VectorClock;
import java.util.List;

/** What a log entry says of the events before it. */
sealed interface EntryClock {
    /**
     * A vector clock.
     *
     * @param clock as written
     */
    record Named(VectorClock clock) implements EntryClock {}

    /**
     * A vector clock whose counters stand in an array, without the names of the processes.
     *
     * @param counters by position; not to be changed
     */
    record Positional(long[] counters) implements EntryClock {}

    /**
     * No clock, but events that happened before.
     *
     * @param id the event's own name; empty if it has none
     * @param causes the names of events that happened before it
     * @param all whether these, and what came before them, are all that it knew; else it also knew the event of its process
     *     that stands before it
     */
    record Caused(String id, List<String> causes, boolean all) implements EntryClock {}
}
