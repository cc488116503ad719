package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of one execution, in file order, as a parser finds them.
 *
 * @param name the execution's label in the file, or the file's name
 * @param entries what may be events
 * @param skipped the lines that belong to no entry
 */
record LogEntries(String name, List<LogEntry> entries, SkippedLines skipped) {
    /** Those with one name as one execution, in the order of the names' first appearance. */
    static List<LogEntries> mergedByName(List<LogEntries> executions) {
        Map<String, LogEntries> byName = new LinkedHashMap<>();
        for (LogEntries execution : executions) {
            byName.merge(execution.name, execution, LogEntries::and);
        }
        return List.copyOf(byName.values());
    }

    private LogEntries and(LogEntries others) {
        List<LogEntry> both = new ArrayList<>(entries);
        both.addAll(others.entries);
        return new LogEntries(name, both, skipped.and(others.skipped));
    }

    /**
     * The execution: each entry with its vector clock, as written or computed.
     *
     * @throws UnreadableLogException if it is not certain what the clocks mean
     */
    LoggedExecution execution() {
        boolean clocked = entries.stream().anyMatch(entry -> !(entry.clock() instanceof EntryClock.Caused));
        if (!clocked && !entries.isEmpty()) {
            return CauseClocks.execution(this);
        }
        List<String> notes = new ArrayList<>();
        Optional<List<ProcessId>> positions = ClockPositions.of(name, entries, notes);
        List<LoggedEvent> events = new ArrayList<>(entries.size());
        SkippedLines.Collector found = new SkippedLines.Collector();
        for (LogEntry entry : entries) {
            try {
                events.add(entry.with(clock(entry, positions)));
            } catch (NotAnEventException e) {
                found.add(entry.file(), entry.line(), e.reason());
            }
        }
        return new LoggedExecution(name, events, skipped.inLineOrderWith(found.collected()), notes, false);
    }

    private static VectorClock clock(LogEntry entry, Optional<List<ProcessId>> positions) throws NotAnEventException {
        EntryClock clock = entry.clock();
        if (clock instanceof EntryClock.Named named) {
            return named.clock();
        } else if (clock instanceof EntryClock.Positional positional) {
            List<ProcessId> processes = positions.orElseThrow();
            if (positional.counters().length != processes.size()) {
                throw new NotAnEventException(SkipReason.OTHER_LENGTH);
            }
            return VectorClock.of(processes.toArray(ProcessId[]::new), positional.counters());
        }
        throw new NotAnEventException(SkipReason.NO_CLOCK);
    }
}
