package io.antichain.analyzer.reader;

import io.antichain.analyzer.order.Siblings;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The siblings of the keys in view, by the engine's own rule. They are the maximal events of a set to which events can be
 * added in any order and repeatedly, so those that conflict records name are added too: a key that was open before the view
 * began is known as soon as a record tells of it.
 *
 * <p>A key is forgotten when none of its events is held any more and it is not open. Of open ones that hold none, the
 * oldest are forgotten when they are too many.
 */
final class HeldKeys {
    private static final class Held {
        final Siblings siblings = new Siblings();
        Optional<Dot> resolvedBy = Optional.empty();
        int events;

        void add(EventRef event) {
            boolean wasOpen = siblings.size() > 1;
            siblings.add(event);
            if (siblings.size() > 1) {
                resolvedBy = Optional.empty();
            } else if (wasOpen) {
                resolvedBy = Optional.of(siblings.events().get(0).dot());
            }
        }

        KeyState state(String key) {
            return new KeyState(key, siblings.events(), resolvedBy);
        }
    }

    private final int maxLeft;
    private final Map<String, Held> keys = new HashMap<>();
    private final TreeMap<String, Held> open = new TreeMap<>();
    /** Open keys without an event in view, the oldest first. */
    private final LinkedHashSet<String> left = new LinkedHashSet<>();

    /** @param maxLeft the most open keys of which no event is in view */
    HeldKeys(int maxLeft) {
        this.maxLeft = maxLeft;
    }

    void added(HeldEvent event) {
        event.event().key().ifPresent(key -> {
            add(key, event.reference()).events++;
            left.remove(key);
        });
    }

    void recorded(Conflict conflict) {
        conflict.key().ifPresent(key -> {
            conflict.siblings().forEach(sibling -> add(key, sibling));
            forgetIfDone(key);
        });
    }

    void forgotten(HeldEvent event) {
        event.event().key().ifPresent(key -> {
            keys.get(key).events--;
            forgetIfDone(key);
        });
    }

    private Held add(String key, EventRef event) {
        Held held = keys.computeIfAbsent(key, unknown -> new Held());
        held.add(event);
        if (held.siblings.size() > 1) {
            open.put(key, held);
        } else {
            open.remove(key);
        }
        return held;
    }

    private void forgetIfDone(String key) {
        Held held = keys.get(key);
        if (held == null || held.events > 0) {
            return;
        }
        if (held.siblings.size() > 1) {
            left.add(key);
            if (left.size() > maxLeft) {
                Iterator<String> oldest = left.iterator();
                String forgotten = oldest.next();
                oldest.remove();
                keys.remove(forgotten);
                open.remove(forgotten);
            }
        } else {
            left.remove(key);
            keys.remove(key);
        }
    }

    /** How the key stands; empty if nothing is known of it. */
    Optional<KeyState> state(String key) {
        return Optional.ofNullable(keys.get(key)).map(held -> held.state(key));
    }

    int openCount() {
        return open.size();
    }

    /** Open keys after {@code after}, in their order. */
    List<KeyState> open(String after, int limit) {
        List<KeyState> states = new ArrayList<>();
        for (Map.Entry<String, Held> entry : open.tailMap(after, false).entrySet()) {
            if (states.size() == limit) {
                break;
            }
            states.add(entry.getValue().state(entry.getKey()));
        }
        return states;
    }
}
