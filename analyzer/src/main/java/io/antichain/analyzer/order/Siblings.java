package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A key's maximal events: those that no arrived event of the key knew. An antichain, with at most one event a process, in
 * the order of their offsets.
 *
 * <p>Source: the sibling rule of Almeida, Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores" (2014): an event replaces exactly what it has seen.
 */
public final class Siblings {
    private final List<EventRef> events = new ArrayList<>(1);

    /** How many there are. More than one: the key is open. */
    public int size() {
        return events.size();
    }

    /** The events. */
    public List<EventRef> events() {
        return List.copyOf(events);
    }

    /** Takes out what happened before {@code event}, puts it in unless it happened before one of the rest. */
    public List<Dot> add(EventRef event) {
        List<Dot> resolved = List.of();
        boolean maximal = true;
        for (int i = events.size() - 1; i >= 0; i--) {
            EventRef sibling = events.get(i);
            if (event.clock().includes(sibling.dot())) {
                resolved = resolved.isEmpty() ? new ArrayList<>(2) : resolved;
                resolved.add(0, sibling.dot());
                events.remove(i);
            } else if (sibling.clock().includes(event.dot())) {
                maximal = false;
            }
        }
        if (maximal) {
            restore(event);
        }
        return resolved;
    }

    /** Puts a sibling in its place. */
    void restore(EventRef sibling) {
        int at = events.size();
        while (at > 0 && events.get(at - 1).offset() > sibling.offset()) {
            at--;
        }
        events.add(at, sibling);
    }
}
