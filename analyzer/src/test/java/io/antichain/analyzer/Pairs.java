package io.antichain.analyzer;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The concurrent pairs of a log by the definition, and those that conflict records name: by dot, the later-arrived first. */
public final class Pairs {
    private final Scope scope;
    /** By counter: the n-th message of a process has the counter n. */
    private final Map<ProcessId, List<Event>> published = new TreeMap<>();

    private final SortedSet<String> defined = new TreeSet<>();

    public Pairs(Scope scope) {
        this.scope = scope;
    }

    /** The next event, in the order of arrival. */
    public void published(Event event) {
        if (event.kind() != Kind.MESSAGE) {
            return;
        }
        published.forEach((process, events) -> {
            long known = event.clock().orElseThrow().get(process);
            for (Event other : events.subList((int) Math.min(known, events.size()), events.size())) {
                boolean concurrent = !process.equals(event.process())
                        && !other.clock().orElseThrow().includes(event.dot());
                if (concurrent && (scope == Scope.ALL || other.key().equals(event.key()))) {
                    defined.add(event.dot() + " " + other.dot());
                }
            }
        });
        published.computeIfAbsent(event.process(), process -> new ArrayList<>()).add(event);
    }

    /** Those of all events so far. */
    public SortedSet<String> defined() {
        return defined;
    }

    /** The same of pairs of which nobody says which one arrived later. */
    static SortedSet<String> unordered(SortedSet<String> pairs) {
        SortedSet<String> unordered = new TreeSet<>();
        for (String pair : pairs) {
            String[] dots = pair.split(" ");
            unordered.add(dots[0].compareTo(dots[1]) < 0 ? pair : dots[1] + " " + dots[0]);
        }
        return unordered;
    }

    /** Those that the records name. */
    public SortedSet<String> named(List<Conflict> conflicts) {
        SortedSet<String> named = new TreeSet<>();
        conflicts.forEach(conflict -> conflict.runs().forEach(run -> add(conflict, run, named)));
        return named;
    }

    /** Scope key: counters within a run that are of other keys are left out by those who know them. */
    private void add(Conflict conflict, Run run, SortedSet<String> named) {
        for (long counter = run.firstCounter(); counter <= run.lastCounter(); counter++) {
            Event other = published.get(run.process()).get((int) counter - 1);
            if (conflict.scope() == Scope.ALL || other.key().equals(conflict.key())) {
                named.add(conflict.event().dot() + " " + new Dot(run.process(), counter));
            }
        }
    }
}
