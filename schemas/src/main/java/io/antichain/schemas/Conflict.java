package io.antichain.schemas;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import java.util.List;
import java.util.Optional;

/**
 * An event together with the earlier-arrived events that are concurrent with it, in scope.
 *
 * <ol>
 *   <li>Each unordered pair of concurrent events in scope is in exactly one record: that of the one that arrived later.
 *   <li>{@code status} is CONCURRENT iff there are runs or the record is incomplete.
 *   <li>A rerun in the same arrival order gives the same records with the same ids.
 * </ol>
 *
 * @param scope what can conflict at all
 * @param key scope key: the messages' key
 * @param status whether something is open or was resolved
 * @param event the one that arrived later than all events of the runs
 * @param runs the earlier-arrived events concurrent with it
 * @param resolves scope key: former siblings that happened before the event
 * @param siblings scope key: the key's maximal events after this one
 * @param complete whether the runs name every earlier-arrived concurrent event
 */
public record Conflict(
        Scope scope,
        Optional<String> key,
        Status status,
        EventRef event,
        List<Run> runs,
        List<Dot> resolves,
        List<EventRef> siblings,
        boolean complete) {

    /** What a conflict record tells. */
    public enum Status {
        /** The event is concurrent with others, or may be with some that are gone. */
        CONCURRENT,
        /** The event had seen more than one sibling and is concurrent with nothing. */
        RESOLVED
    }

    public Conflict {
        runs = List.copyOf(runs);
        resolves = List.copyOf(resolves);
        siblings = List.copyOf(siblings);
    }

    /** The record's identity, as in {@code all/node-1:5}. */
    public String id() {
        return scope.written() + "/" + event.dot();
    }

    /** Whether it is about an event of the process, or names one as concurrent. */
    public boolean concerns(ProcessId process) {
        return event.dot().process().equals(process)
                || runs.stream().anyMatch(run -> run.process().equals(process));
    }

    /** How many concurrent pairs the record stands for: the sum of the runs' lengths. */
    public long pairs() {
        long pairs = 0;
        for (Run run : runs) {
            pairs += run.length();
        }
        return pairs;
    }
}
