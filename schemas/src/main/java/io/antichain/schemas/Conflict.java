package io.antichain.schemas;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event together with the earlier-arrived events that are concurrent with it, in scope.
 *
 * <ol>
 *   <li>Each unordered pair of concurrent events in scope, of which the later arrived within the window after the earlier, is
 *       in exactly one record: that of the one that arrived later.
 *   <li>{@code status} is CONCURRENT iff there are runs.
 *   <li>A rerun in the same arrival order gives the same records with the same ids.
 *   <li>A conflict too large for one record is in several, its parts, one after the other: they share out runs, resolves and
 *       siblings, and have the rest in common.
 * </ol>
 *
 * @param scope what can conflict at all
 * @param key scope key: the messages' key
 * @param status whether something is open or was resolved
 * @param event the one that arrived later than all events of the runs
 * @param runs the earlier-arrived events concurrent with it
 * @param resolves scope key: former siblings that happened before the event
 * @param siblings scope key: the key's maximal events after this one
 * @param complete whether the runs name every earlier-arrived concurrent event of all history
 * @param windowBeganMs of a record that is not complete: log time of the oldest event that the window held, ms since 1970
 *     UTC; empty in a complete one, and in records of versions before 0.2
 * @param part which of the parts this is, from 1
 * @param parts how many parts the conflict has, mostly 1
 */
public record Conflict(
        Scope scope,
        Optional<String> key,
        Status status,
        EventRef event,
        List<Run> runs,
        List<Dot> resolves,
        List<EventRef> siblings,
        boolean complete,
        OptionalLong windowBeganMs,
        int part,
        int parts) {

    /** What a conflict record tells. */
    public enum Status {
        /** The event is concurrent with others. */
        CONCURRENT,
        /** The event had seen more than one sibling and is concurrent with nothing. */
        RESOLVED
    }

    public Conflict {
        if (part < 1 || part > parts) {
            throw new IllegalArgumentException("A conflict's parts are numbered from 1: event=" + event.dot()
                    + ", part=" + part + ", parts=" + parts + "; the record's writer is broken");
        }
        runs = runs instanceof Runs ? runs : List.copyOf(runs);
        resolves = List.copyOf(resolves);
        siblings = List.copyOf(siblings);
    }

    /** A conflict in one part. */
    public Conflict(
            Scope scope,
            Optional<String> key,
            Status status,
            EventRef event,
            List<Run> runs,
            List<Dot> resolves,
            List<EventRef> siblings,
            boolean complete,
            OptionalLong windowBeganMs) {
        this(scope, key, status, event, runs, resolves, siblings, complete, windowBeganMs, 1, 1);
    }

    /** A conflict in one part, of which nothing is known about the window. */
    public Conflict(
            Scope scope,
            Optional<String> key,
            Status status,
            EventRef event,
            List<Run> runs,
            List<Dot> resolves,
            List<EventRef> siblings,
            boolean complete) {
        this(scope, key, status, event, runs, resolves, siblings, complete, OptionalLong.empty());
    }

    /** The record's identity, as in {@code all/node-1:5}; from the second part on as in {@code all/node-1:5/2}. */
    public String id() {
        return scope.written() + "/" + event.dot() + (part == 1 ? "" : "/" + part);
    }

    /**
     * The same in two, the runs, resolves and siblings shared out in their order; not numbered yet. Itself where it names
     * one thing at most.
     */
    public List<Conflict> halves() {
        int things = runs.size() + resolves.size() + siblings.size();
        return things < 2 ? List.of(this) : List.of(things(0, things / 2), things(things / 2, things));
    }

    private Conflict things(int from, int to) {
        return new Conflict(
                scope,
                key,
                status,
                event,
                cut(runs, from, to),
                cut(resolves, from - runs.size(), to - runs.size()),
                cut(siblings, from - runs.size() - resolves.size(), to - runs.size() - resolves.size()),
                complete,
                windowBeganMs);
    }

    private static <T> List<T> cut(List<T> list, int from, int to) {
        return list.subList(Math.max(0, Math.min(from, list.size())), Math.max(0, Math.min(to, list.size())));
    }

    /** The same as one of several parts. */
    public Conflict numbered(int number, int of) {
        return new Conflict(scope, key, status, event, runs, resolves, siblings, complete, windowBeganMs, number, of);
    }

    /** The conflict of which these are all parts, in their order. */
    public static Conflict joined(List<Conflict> parts) {
        Conflict first = parts.get(0);
        return new Conflict(
                first.scope,
                first.key,
                first.status,
                first.event,
                parts.stream().flatMap(part -> part.runs.stream()).toList(),
                parts.stream().flatMap(part -> part.resolves.stream()).toList(),
                parts.stream().flatMap(part -> part.siblings.stream()).toList(),
                first.complete,
                first.windowBeganMs);
    }

    /** Whether it is about an event of the process, or names one as concurrent. */
    public boolean concerns(ProcessId process) {
        return event.dot().process().equals(process)
                || runs.stream().anyMatch(run -> run.process().equals(process));
    }

    /** How many concurrent pairs the record stands for: the sum of the runs' lengths. */
    public long pairs() {
        return runs instanceof Runs flat
                ? flat.pairs()
                : runs.stream().mapToLong(Run::length).sum();
    }
}
