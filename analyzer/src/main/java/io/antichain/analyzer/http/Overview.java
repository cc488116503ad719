package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.analyzer.reader.SharedView;
import java.util.List;

/** All events in view in equal parts: how many each has, how many of these are in a conflict, and how many a search finds. */
final class Overview {
    /** So many are looked at before the thread that tells the view may go on. */
    private static final int AT_ONCE = 1_000;

    private final long first;
    private final long next;
    private final long span;
    private final int[] events;
    private final int[] conflicting;
    private final int[] found;

    /**
     * @param arrived all events in view, as they arrived
     * @param most so many parts at most
     */
    Overview(SharedView view, List<HeldEvent> arrived, EventFilter filter, int most) {
        first = arrived.isEmpty() ? 0 : arrived.get(0).seq();
        next = arrived.isEmpty() ? 0 : arrived.get(arrived.size() - 1).seq() + 1;
        span = Math.max(1, (next - first + most - 1) / most);
        int parts = (int) ((next - first + span - 1) / span);
        events = new int[parts];
        conflicting = new int[parts];
        found = new int[filter.isOpen() ? 0 : parts];
        for (int from = 0; from < arrived.size(); from += AT_ONCE) {
            List<HeldEvent> some = arrived.subList(from, Math.min(arrived.size(), from + AT_ONCE));
            view.ask(asked -> {
                some.stream().filter(asked::conflicting).forEach(event -> conflicting[part(event)]++);
                return null;
            });
        }
        arrived.forEach(event -> events[part(event)]++);
        if (!filter.isOpen()) {
            arrived.stream().filter(filter).forEach(event -> found[part(event)]++);
        }
    }

    private int part(HeldEvent event) {
        return (int) ((event.seq() - first) / span);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("first", first)
                .put("next", next)
                .put("span", span);
        put(json, "events", events);
        put(json, "conflicting", conflicting);
        put(json, "found", found);
        return json;
    }

    private static void put(ObjectNode json, String name, int[] counts) {
        ArrayNode array = json.putArray(name);
        for (int count : counts) {
            array.add(count);
        }
    }
}
