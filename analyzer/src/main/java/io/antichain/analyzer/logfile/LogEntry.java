package io.antichain.analyzer.logfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.Map;

/**
 * One entry of a log file, before it is known which vector clock it means.
 *
 * @param process whose event
 * @param clock what it says of the events before it
 * @param counter the event's number, where the entry names it beside the clock; else {@link #NOT_GIVEN}
 * @param text what happened
 * @param fields what else the file says of it
 * @param file the file's name
 * @param line the first line of the entry, from 1
 */
record LogEntry(
        ProcessId process,
        EntryClock clock,
        long counter,
        String text,
        Map<String, JsonNode> fields,
        String file,
        int line) {
    static final long NOT_GIVEN = -1;

    /**
     * The event with this clock.
     *
     * @throws NotAnEventException if the clock lacks the event, or the counter is another
     */
    LoggedEvent with(VectorClock known) throws NotAnEventException {
        if (known.get(process) == 0) {
            throw new NotAnEventException(SkipReason.NO_OWN_ENTRY);
        }
        if (counter != NOT_GIVEN && counter != known.get(process)) {
            throw new NotAnEventException(SkipReason.COUNTER_MISMATCH);
        }
        return new LoggedEvent(process, known, text, fields, file, line);
    }

    /** Where it stands: {@code a.log:17}. */
    String place() {
        return file + ":" + line;
    }
}
