package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Computes vector clocks for entries that name their causes: an event's clock is the maximum of those of its causes, and one
 * more for its own process.
 *
 * <p>Where an entry names all of its causes, its process need not be a chain: one person may work on two branches. Such a
 * process is split into lives ({@code ada}, {@code ada~1}, …), each a chain. A cause that stands in no file is a process of
 * its own, with one event that is missing.
 */
final class CauseClocks {
    /** More entries of clocks than these are not computed: about 500 MiB. */
    static final long MAX_ENTRIES = 20_000_000;

    private final LogEntries from;
    private final List<LogEntry> entries = new ArrayList<>();
    private final Set<ProcessId> processes = new HashSet<>();
    private final List<Repeat> repeats = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final SkippedLines.Collector skipped = new SkippedLines.Collector();
    private final Map<ProcessId, List<ProcessId>> lives = new TreeMap<>();
    private final Map<ProcessId, Long> counters = new HashMap<>();
    private long clockEntries;

    /** An entry that says again what an earlier one said, whose number is {@code first}. */
    private record Repeat(LogEntry entry, int first) {}

    private CauseClocks(LogEntries from) {
        this.from = from;
    }

    /** @throws UnreadableLogException if causes form a circle, no event names one, or the clocks take too much memory */
    static LoggedExecution execution(LogEntries entries) {
        return new CauseClocks(entries).execution();
    }

    private LoggedExecution execution() {
        from.entries().forEach(entry -> processes.add(entry.process()));
        boolean parents =
                from.entries().stream().anyMatch(entry -> caused(entry).all());
        for (LogEntry entry : from.entries()) {
            if (parents && !caused(entry).all()) {
                skipped.add(entry.file(), entry.line(), SkipReason.NO_PARENTS);
            } else {
                take(entry);
            }
        }
        requireCauses();
        List<List<Integer>> causes = causes();
        LoggedEvent[] events = clocked(causes);
        List<LoggedEvent> inOrder = new ArrayList<>(List.of(events));
        for (Repeat repeat : repeats) {
            LogEntry again = repeat.entry();
            LoggedEvent first = events[repeat.first()];
            inOrder.add(new LoggedEvent(
                    first.process(), first.clock(), again.text(), again.fields(), again.file(), again.line()));
        }
        return new LoggedExecution(
                from.name(), inOrder, from.skipped().inLineOrderWith(skipped.collected()), notes(), false);
    }

    /** Takes an entry whose id is new, or repeats another; what uses another's id is skipped. */
    private void take(LogEntry entry) {
        EntryClock.Caused caused = caused(entry);
        Integer first = caused.id().isEmpty() ? null : byId.putIfAbsent(caused.id(), entries.size());
        if (first == null) {
            entries.add(entry);
        } else if (entries.get(first).process().equals(entry.process())
                && caused(entries.get(first)).equals(caused)) {
            repeats.add(new Repeat(entry, first));
        } else {
            skipped.add(entry.file(), entry.line(), SkipReason.ID_TWICE);
        }
    }

    private static EntryClock.Caused caused(LogEntry entry) {
        return (EntryClock.Caused) entry.clock();
    }

    private void requireCauses() {
        boolean none = entries.stream().allMatch(entry -> caused(entry).causes().isEmpty());
        if (none && processes.size() > 1) {
            throw new UnreadableLogException("No event has a clock or names a cause, so nothing says what it knew:"
                    + " execution=" + from.name() + ", events=" + entries.size()
                    + "; log a vector clock with each event, or the ids of its causes (git log --parents does);"
                    + " docs/log-files.md says how");
        }
    }

    /** Of each entry the entries that it follows; -1 for each that stands in no file. */
    private List<List<Integer>> causes() {
        List<List<Integer>> causes = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            List<Integer> of = new ArrayList<>();
            caused(entry).causes().forEach(cause -> of.add(byId.getOrDefault(cause, -1)));
            causes.add(of);
        }
        Map<ProcessId, List<Integer>> chains = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (!caused(entries.get(i)).all()) {
                chains.computeIfAbsent(entries.get(i).process(), process -> new ArrayList<>())
                        .add(i);
            }
        }
        for (List<Integer> chain : chains.values()) {
            chain.sort(Comparator.comparingLong(i -> entries.get(i).counter()));
            for (int i = 1; i < chain.size(); i++) {
                causes.get(chain.get(i)).add(chain.get(i - 1));
            }
        }
        return causes;
    }

    private LoggedEvent[] clocked(List<List<Integer>> causes) {
        int[] left = new int[entries.size()];
        List<List<Integer>> effects = new ArrayList<>();
        entries.forEach(entry -> effects.add(new ArrayList<>(2)));
        PriorityQueue<Integer> free = new PriorityQueue<>();
        for (int i = 0; i < entries.size(); i++) {
            for (int cause : causes.get(i)) {
                if (cause >= 0) {
                    left[i]++;
                    effects.get(cause).add(i);
                }
            }
            if (left[i] == 0) {
                free.add(i);
            }
        }
        LoggedEvent[] events = new LoggedEvent[entries.size()];
        int placed = 0;
        while (!free.isEmpty()) {
            int i = free.remove();
            events[i] = event(entries.get(i), causes.get(i), events);
            placed++;
            for (int effect : effects.get(i)) {
                if (--left[effect] == 0) {
                    free.add(effect);
                }
            }
        }
        if (placed < events.length) {
            throw circle(causes, events);
        }
        return events;
    }

    private LoggedEvent event(LogEntry entry, List<Integer> causes, LoggedEvent[] events) {
        VectorClock known = VectorClock.empty();
        List<String> names = caused(entry).causes();
        for (int c = 0; c < causes.size(); c++) {
            int cause = causes.get(c);
            known = known.merge(
                    cause >= 0 ? events[cause].clock() : VectorClock.empty().tick(missing(names.get(c))));
        }
        ProcessId life = life(entry.process(), known);
        VectorClock clock = known.tick(life);
        counters.put(life, clock.get(life));
        clockEntries += clock.size();
        if (clockEntries > MAX_ENTRIES) {
            throw new UnreadableLogException("The clocks of these events take too much memory: execution=" + from.name()
                    + ", entries at " + entry.place() + "=" + clockEntries + ", at most=" + MAX_ENTRIES
                    + "; read a part of the log, or name fewer processes");
        }
        return new LoggedEvent(life, clock, entry.text(), entry.fields(), entry.file(), entry.line());
    }

    private static ProcessId missing(String id) {
        String name = "event " + id;
        return ProcessNames.of(name.length() > 80 ? name.substring(0, 80) + "#" + id.hashCode() : name);
    }

    /** The process's first life all of whose events are known; a new one if there is none. */
    private ProcessId life(ProcessId process, VectorClock known) {
        List<ProcessId> all = lives.computeIfAbsent(process, first -> new ArrayList<>(List.of(first)));
        for (ProcessId life : all) {
            if (known.get(life) == counters.getOrDefault(life, 0L)) {
                return life;
            }
        }
        ProcessId next = all.get(all.size() - 1).next();
        while (processes.contains(next)) {
            next = next.next();
        }
        all.add(next);
        return next;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("The clocks were computed from the causes that the events name");
        lives.forEach((process, all) -> {
            if (all.size() > 1) {
                notes.add("The events of " + process + " are no chain: they count as " + all.size() + " lives, "
                        + all.get(0) + " to " + all.get(all.size() - 1));
            }
        });
        return notes;
    }

    private UnreadableLogException circle(List<List<Integer>> causes, LoggedEvent[] events) {
        Map<Integer, Integer> steps = new LinkedHashMap<>();
        int at = 0;
        while (events[at] != null) {
            at++;
        }
        while (steps.putIfAbsent(at, steps.size()) == null) {
            at = causes.get(at).stream()
                    .filter(cause -> cause >= 0 && events[cause] == null)
                    .findFirst()
                    .orElseThrow();
        }
        int begin = steps.get(at);
        List<String> places = steps.keySet().stream()
                .skip(begin)
                .limit(10)
                .map(i -> entries.get(i).process() + " at " + entries.get(i).place())
                .toList();
        return new UnreadableLogException("Events are causes of each other: " + String.join(", after ", places)
                + (steps.size() - begin > 10 ? ", …" : "")
                + "; correct the causes, or the order of the process's lines, which counts too");
    }
}
