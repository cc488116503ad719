package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Scope key: the keys of the events held, with their siblings; and the siblings of keys whose events have left the window.
 *
 * <p>Source of the rule of siblings: Almeida, Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores" (2014): an event replaces exactly what it has seen.
 */
final class Keys {
    private final ProcessTable processes;
    private final SourcePartitions sources;
    private final KeyMemory memory;
    private final Map<String, KeyHistory> histories = new HashMap<>();
    private final FrontierWriter packing = new FrontierWriter();
    private long bytes;

    Keys(ProcessTable processes, SourcePartitions sources, KeyMemory memory) {
        this.sources = sources;
        this.processes = processes;
        this.memory = memory;
    }

    /** The history of a key; what is remembered of it, if none of its events is held. */
    KeyHistory of(String key) {
        KeyHistory history = histories.get(key);
        if (history == null) {
            history = new KeyHistory(key);
            history.setSiblings(those(memory.of(key), sibling -> sibling.isKnown(processes)));
            histories.put(key, history);
            bytes += history.bytes();
        }
        return history;
    }

    /** How many keys have events in the window. */
    int size() {
        return histories.size();
    }

    /** About how much memory they take. */
    long bytes() {
        return bytes;
    }

    KeyMemory memory() {
        return memory;
    }

    /** The siblings that happened before an event. */
    List<Sibling> resolvedBy(KeyHistory history, int own, long counter, long[] clock) {
        List<Sibling> resolved = List.of();
        for (Sibling sibling : history.siblings()) {
            if (isBefore(sibling, own, counter, clock) && (sibling.process() != own || sibling.counter() < counter)) {
                resolved = resolved.isEmpty() ? new ArrayList<>(2) : resolved;
                resolved.add(sibling);
            }
        }
        return resolved;
    }

    /** Whether any two of them are a pair that counts. */
    static boolean isAnyPair(List<Sibling> siblings) {
        for (int i = 1; i < siblings.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (Traits.arePair(siblings.get(i).traits(), siblings.get(j).traits())) {
                    return true;
                }
            }
        }
        return false;
    }

    List<Dot> dots(List<Sibling> siblings) {
        if (siblings.isEmpty()) { // as in most records: not worth a stream
            return List.of();
        }
        return siblings.stream()
                .map(sibling -> new Dot(processes.process(sibling.process()), sibling.counter()))
                .toList();
    }

    private static boolean isBefore(Sibling sibling, int own, long counter, long[] clock) {
        return sibling.process() == own ? sibling.counter() <= counter : clock[sibling.process()] >= sibling.counter();
    }

    /** The event was taken into the window: it takes the place of the siblings before it, unless it is before one of them. */
    void add(KeyHistory history, Arriving record, int own, long[] clock) {
        bytes -= history.bytes();
        history.add(own, record.counter());
        Sibling[] before = history.siblings();
        Sibling[] after = new Sibling[before.length + 1];
        int size = 0;
        boolean maximal = true;
        for (Sibling sibling : before) {
            if (!isBefore(sibling, own, record.counter(), clock)) {
                after[size++] = sibling;
                maximal &= sibling.process() != own && sibling.entry(own, processes) < record.counter();
            }
        }
        if (maximal) {
            int at = size++;
            for (; at > 0 && after[at - 1].process() > own; at--) {
                after[at] = after[at - 1];
            }
            after[at] = Sibling.of(record, own, clock, processes, packing);
        }
        history.setSiblings(size == after.length ? after : Arrays.copyOf(after, size));
        bytes += history.bytes();
    }

    /** The event is about to be dropped from the window; if it is a sibling, it is remembered. */
    void dropped(KeyHistory history, int process, long counter) {
        bytes -= history.bytes();
        history.remove(process, counter);
        for (Sibling sibling : history.siblings()) {
            if (sibling.process() == process && sibling.counter() == counter) {
                memory.put(
                        history.key(),
                        those(history.siblings(), other -> !history.holds(other.process(), other.counter())));
            }
        }
        if (history.chains().length == 0) {
            histories.remove(history.key());
        } else {
            bytes += history.bytes();
        }
    }

    /** The siblings of a key, by process. */
    List<EventRef> siblings(KeyHistory history) {
        return Arrays.stream(history.siblings())
                .map(sibling -> sibling.reference(processes, sources))
                .toList();
    }

    /** A process was forgotten: its siblings of keys that have events in the window are, too. */
    void forget(int process) {
        for (KeyHistory history : histories.values()) {
            bytes -= history.bytes();
            history.setSiblings(those(history.siblings(), sibling -> sibling.process() != process));
            bytes += history.bytes();
        }
    }

    /** Those of which something holds; the array itself where it holds of all, which is mostly so. */
    private static Sibling[] those(Sibling[] siblings, Predicate<Sibling> holds) {
        int all = 0;
        while (all < siblings.length && holds.test(siblings[all])) {
            all++;
        }
        if (all == siblings.length) {
            return siblings;
        }
        Sibling[] those = Arrays.copyOf(siblings, siblings.length - 1);
        int size = all;
        for (int i = all + 1; i < siblings.length; i++) {
            if (holds.test(siblings[i])) {
                those[size++] = siblings[i];
            }
        }
        return Arrays.copyOf(those, size);
    }
}
