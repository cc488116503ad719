package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds which position of array clocks is whose. A process's own counter is at least 1 and another in each of its events;
 * where that leaves several assignments, those count in which each process's counters are 1, 2, 3, … and no other clock
 * knows more of it. If exactly one is left, it is taken; else the file is refused.
 */
final class ClockPositions {
    private static final int MOST_TRIED = 100_000;

    private final Map<ProcessId, List<long[]>> clocks = new TreeMap<>();
    private final int width;
    private final List<ProcessId> processes;
    private final List<int[]> found = new ArrayList<>();
    private int tried;

    private ClockPositions(List<LogEntry> entries, int width) {
        this.width = width;
        for (LogEntry entry : entries) {
            if (entry.clock() instanceof EntryClock.Positional array && array.counters().length == width) {
                clocks.computeIfAbsent(entry.process(), process -> new ArrayList<>())
                        .add(array.counters());
            }
        }
        processes = List.copyOf(clocks.keySet());
    }

    /**
     * The process of each position; empty if no clock is an array.
     *
     * @param notes takes what was found, for the user
     * @throws UnreadableLogException if several assignments fit, or none
     */
    static Optional<List<ProcessId>> of(String name, List<LogEntry> entries, List<String> notes) {
        int width = width(entries);
        if (width < 0) {
            return Optional.empty();
        }
        ClockPositions positions = new ClockPositions(entries, width);
        List<ProcessId> assigned = positions.assigned(name);
        notes.add("The clocks are arrays, and these processes fit alone, by position: "
                + String.join(",", assigned.stream().map(ProcessId::toString).toList()));
        return Optional.of(assigned);
    }

    private static int width(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.clock() instanceof EntryClock.Positional array) {
                return array.counters().length;
            }
        }
        return -1;
    }

    private List<ProcessId> assigned(String name) {
        if (processes.size() <= width) {
            List<List<Integer>> possible = new ArrayList<>();
            processes.forEach(process -> possible.add(possible(process)));
            assign(possible, new int[processes.size()], 0);
        }
        List<int[]> left =
                found.size() > 1 ? found.stream().filter(this::hasNoGap).toList() : found;
        if (left.size() != 1 || tried > MOST_TRIED) {
            throw new UnreadableLogException("Clocks are arrays without the names of their processes, and "
                    + (left.isEmpty() ? "no order of the processes fits" : "several orders of the processes fit")
                    + ": execution=" + name + ", positions=" + width + ", processes="
                    + String.join(
                            ",", processes.stream().map(ProcessId::toString).toList())
                    + "; name the process of each position with --processes");
        }
        return named(left.get(0));
    }

    private List<Integer> possible(ProcessId process) {
        List<Integer> possible = new ArrayList<>();
        for (int position = 0; position < width; position++) {
            long[] own = counters(process, position);
            boolean fits = own[0] > 0;
            for (int i = 1; i < own.length && fits; i++) {
                fits = own[i] != own[i - 1];
            }
            if (fits) {
                possible.add(position);
            }
        }
        return possible;
    }

    private long[] counters(ProcessId process, int position) {
        return clocks.getOrDefault(process, List.of()).stream()
                .mapToLong(clock -> clock[position])
                .sorted()
                .toArray();
    }

    private void assign(List<List<Integer>> possible, int[] chosen, int next) {
        if (++tried > MOST_TRIED) {
            return;
        }
        if (next == chosen.length) {
            found.add(chosen.clone());
            return;
        }
        for (int position : possible.get(next)) {
            if (Arrays.stream(chosen, 0, next).noneMatch(taken -> taken == position)) {
                chosen[next] = position;
                assign(possible, chosen, next + 1);
            }
        }
    }

    private boolean hasNoGap(int[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            int position = chosen[i];
            long[] own = counters(processes.get(i), position);
            long most = clocks.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(clock -> clock[position])
                    .max()
                    .orElse(0);
            if (own[0] != 1 || own[own.length - 1] != own.length || most != own.length) {
                return false;
            }
        }
        return true;
    }

    /** A position that no process of the file has is called by its number. */
    private List<ProcessId> named(int[] chosen) {
        Map<Integer, ProcessId> byPosition = new HashMap<>();
        for (int i = 0; i < chosen.length; i++) {
            byPosition.put(chosen[i], processes.get(i));
        }
        List<ProcessId> named = new ArrayList<>();
        for (int position = 0; position < width; position++) {
            ProcessId known = byPosition.get(position);
            named.add(known == null ? ProcessId.of("position-" + (position + 1)) : known);
        }
        return named;
    }
}
