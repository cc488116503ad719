package io.antichain.analyzer.logfile;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One execution read from log files, or from topics: then a partition is the file, and an offset the line.
 *
 * @param name its label in the file, or the file's name
 * @param events in file order
 * @param skipped the lines that belong to no event
 * @param notes how it was read, where the reader had to find out: sentences for the user
 * @param mayLeaveNumbersOut whether processes may leave numbers out, so that nothing is missing where one is
 */
public record LoggedExecution(
        String name, List<LoggedEvent> events, SkippedLines skipped, List<String> notes, boolean mayLeaveNumbersOut) {
    public LoggedExecution {
        events = List.copyOf(events);
        notes = List.copyOf(notes);
    }

    /** One that was read as it stands. */
    public LoggedExecution(String name, List<LoggedEvent> events, SkippedLines skipped) {
        this(name, events, skipped, List.of(), false);
    }

    LoggedExecution with(String note) {
        List<String> all = new ArrayList<>(List.of(note));
        all.addAll(notes);
        return new LoggedExecution(name, events, skipped, all, mayLeaveNumbersOut);
    }

    /** The processes that have events or stand in a clock. */
    public Set<ProcessId> processes() {
        Set<ProcessId> processes = new HashSet<>();
        for (LoggedEvent event : events) {
            processes.add(event.process());
            event.clock().forEach((process, counter) -> processes.add(process));
        }
        return new TreeSet<>(processes);
    }

    /** The events in file order but for those of each process, which are in the order of their counters: logs break it. */
    public List<LoggedEvent> eventsInLaneOrder() {
        Map<ProcessId, List<LoggedEvent>> byProcess = new HashMap<>();
        events.forEach(event -> byProcess
                .computeIfAbsent(event.process(), process -> new ArrayList<>())
                .add(event));
        byProcess
                .values()
                .forEach(lane ->
                        lane.sort(Comparator.comparingLong(event -> event.dot().counter())));
        Map<ProcessId, Integer> next = new HashMap<>();
        List<LoggedEvent> ordered = new ArrayList<>(events.size());
        for (LoggedEvent event : events) {
            int index = next.merge(event.process(), 1, Integer::sum) - 1;
            ordered.add(byProcess.get(event.process()).get(index));
        }
        return ordered;
    }

    /** Those of {@link #distinctEvents} with causes before their effects, else in lane order. */
    public List<LoggedEvent> inCausalOrder() {
        return CausalSequence.of(distinctEvents()).events();
    }

    /** The first event, in lane order, of each dot, in lane order. */
    public List<LoggedEvent> distinctEvents() {
        Set<Dot> seen = new HashSet<>();
        return eventsInLaneOrder().stream()
                .filter(event -> seen.add(event.dot()))
                .toList();
    }
}
