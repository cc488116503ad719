package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scope key: the keys of the events held, with their siblings; and the siblings of keys whose events have left the window.
 *
 * <p>Source of the rule of siblings: Almeida, Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores" (2014): an event replaces exactly what it has seen.
 */
final class Keys {
    private final ProcessTable processes;
    private final KeyMemory memory;
    private final Rows rows;
    private final KeyTable table = new KeyTable();
    // Used again for each event.
    private final KeyEvents few = new KeyEvents();
    private final FrontierWriter packing = new FrontierWriter();

    Keys(ProcessTable processes, KeyMemory memory, Rows rows) {
        this.processes = processes;
        this.memory = memory;
        this.rows = rows;
    }

    /** How many keys have events in the window. */
    int size() {
        return table.size();
    }

    /** About how much memory they take. */
    long bytes() {
        return table.bytes();
    }

    KeyMemory memory() {
        return memory;
    }

    /** The number of a key of which an event is about to be held. */
    int open(String key) {
        int number = table.number(key);
        return number >= 0 ? number : table.open(key, memory.has(key));
    }

    /** The events of a key that are held; the answer holds until the next question. */
    KeyEvents events(int key) {
        return table.events(key, rows, few);
    }

    /** The siblings of a key, by process: those of its events, and those remembered. */
    List<Sibling> siblings(int key, KeyEvents events) {
        List<Sibling> siblings = new ArrayList<>(2);
        for (int i = 0; i < events.size(); i++) {
            KeyChain chain = events.chain(i);
            int last = chain.end() - 1; // no other event of a process can be maximal
            if (rows.keyed(chain.row(last)).isSibling(chain.row(last))) {
                siblings.add(new HeldSibling(chain.process(), chain.counter(last), rows, chain.row(last)));
            }
        }
        if (table.remembers(key)) {
            for (PackedSibling sibling : remembered(key)) {
                int at = siblings.size();
                while (at > 0 && siblings.get(at - 1).process() > sibling.process()) {
                    at--;
                }
                siblings.add(at, sibling);
            }
        }
        return siblings;
    }

    /** Those that are not held, of processes that are not forgotten. */
    private PackedSibling[] remembered(int key) {
        PackedSibling[] all = memory.of(table.text(key));
        int size = 0;
        for (PackedSibling sibling : all) {
            if (sibling.isKnown(processes)) {
                all[size++] = sibling;
            }
        }
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    /** Those siblings that happened before an event. */
    static List<Sibling> resolvedBy(List<Sibling> siblings, int own, long counter, long[] clock) {
        List<Sibling> resolved = List.of();
        for (Sibling sibling : siblings) {
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

    /**
     * An event is about to be held: it takes the place of the siblings before it, which are taken out of the list, unless it is before
     * one of them.
     *
     * @return whether it is a sibling
     */
    boolean replace(int key, List<Sibling> siblings, int own, long counter, long[] clock) {
        boolean isMaximal = true;
        boolean isForgetting = false;
        int size = 0;
        for (Sibling sibling : siblings) {
            if (!isBefore(sibling, own, counter, clock)) {
                isMaximal &= sibling.process() != own && sibling.entry(own, processes) < counter;
                siblings.set(size++, sibling);
            } else if (sibling instanceof HeldSibling held) {
                rows.keyed(held.row()).resolve(held.row());
            } else {
                isForgetting = true;
            }
        }
        siblings.subList(size, siblings.size()).clear();
        if (isForgetting) {
            remember(key, siblings);
        }
        return isMaximal;
    }

    /** Of the siblings remembered, those are left that are in the list. */
    private void remember(int key, List<Sibling> siblings) {
        PackedSibling[] left = siblings.stream()
                .filter(PackedSibling.class::isInstance)
                .map(PackedSibling.class::cast)
                .toArray(PackedSibling[]::new);
        table.remembers(key, left.length > 0);
        if (left.length > 0) {
            memory.put(table.text(key), left);
        }
    }

    /** The row of the newest event of a key that has one. */
    int newest(int key) {
        return table.newest(key);
    }

    /** An event of a key was taken into the window. */
    void held(int key, int row) {
        table.add(key, rows, row);
    }

    /** An event of a key is about to be dropped from the window, its oldest; if it is a sibling, it is remembered. */
    void dropped(int key, int row) {
        if (rows.keyed(row).isSibling(row)) {
            PackedSibling[] others = table.remembers(key) ? remembered(key) : new PackedSibling[0];
            PackedSibling[] all = Arrays.copyOf(others, others.length + 1);
            all[others.length] = PackedSibling.of(rows, row, processes, packing);
            memory.put(table.text(key), all);
            table.remembers(key, true);
        }
        table.removeOldest(key, rows, row);
    }
}
