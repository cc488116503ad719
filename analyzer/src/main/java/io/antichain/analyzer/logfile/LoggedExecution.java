package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One execution read from a log file.
 *
 * @param name its label in the file, or the file's name
 * @param events in file order
 * @param skippedLines the numbers (from 1) of the lines that belong to no event and are not blank
 */
public record LoggedExecution(String name, List<LoggedEvent> events, List<Integer> skippedLines) {
    public LoggedExecution {
        events = List.copyOf(events);
        skippedLines = List.copyOf(skippedLines);
    }

    /** The processes that have events or stand in a clock. */
    public Set<ProcessId> processes() {
        Set<ProcessId> processes = new TreeSet<>();
        for (LoggedEvent event : events) {
            processes.add(event.process());
            event.clock().forEach((process, counter) -> processes.add(process));
        }
        return processes;
    }

    /** The events in file order but for those of each process, which are in the order of their counters: logs break it. */
    public List<LoggedEvent> eventsInLaneOrder() {
        Map<ProcessId, List<LoggedEvent>> byProcess = new TreeMap<>();
        events.forEach(event -> byProcess
                .computeIfAbsent(event.process(), process -> new ArrayList<>())
                .add(event));
        Map<ProcessId, Queue<LoggedEvent>> next = new TreeMap<>();
        byProcess.forEach((process, ofProcess) -> {
            ofProcess.sort(Comparator.comparingLong(event -> event.dot().counter()));
            next.put(process, new ArrayDeque<>(ofProcess));
        });
        return events.stream().map(event -> next.get(event.process()).remove()).toList();
    }
}
