package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A key's maximal events: those that no arrived event of the key knew. An antichain, with at most one event a process, in
 * the order of their offsets.
 *
 * <p>Source: the sibling rule of Almeida, Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking
 * for Eventually Consistent Stores" (2014): an event replaces exactly what it has seen.
 */
public final class Siblings {
    private static final EventRef[] NONE = {};

    // There are as many as there are open keys, so the array is never longer than it need be.
    private EventRef[] events = NONE;

    /** How many there are. More than one: the key is open. */
    public int size() {
        return events.length;
    }

    /** The events. */
    public List<EventRef> events() {
        return List.of(events);
    }

    /** Takes out what happened before {@code event}, puts it in unless it happened before one of the rest. */
    public List<Dot> add(EventRef event) {
        List<Dot> resolved = List.of();
        boolean maximal = true;
        for (EventRef sibling : events) {
            if (event.clock().includes(sibling.dot())) {
                resolved = resolved.isEmpty() ? new ArrayList<>(2) : resolved;
                resolved.add(sibling.dot());
            } else if (sibling.clock().includes(event.dot())) {
                maximal = false;
            }
        }
        if (resolved.size() == events.length) {
            events = NONE;
        } else if (!resolved.isEmpty()) {
            events = Arrays.stream(events)
                    .filter(sibling -> !event.clock().includes(sibling.dot()))
                    .toArray(EventRef[]::new);
        }
        if (maximal) {
            restore(event);
        }
        return resolved;
    }

    /** Puts a sibling in its place. */
    void restore(EventRef sibling) {
        int at = events.length;
        while (at > 0 && events[at - 1].offset() > sibling.offset()) {
            at--;
        }
        EventRef[] more = new EventRef[events.length + 1];
        System.arraycopy(events, 0, more, 0, at);
        more[at] = sibling;
        System.arraycopy(events, at, more, at + 1, events.length - at);
        events = more;
    }
}
