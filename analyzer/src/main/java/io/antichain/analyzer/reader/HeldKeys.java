package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The siblings of the keys in view: per key the maximal events, an antichain. Events can be added to it in any order and
 * repeatedly, so those that conflict records name are added too: a key that was open before the view began is known as soon
 * as a record tells of it.
 *
 * <p>A key is forgotten when none of its events is held any more and it is not open. Of open ones that hold none, the
 * oldest are forgotten when they are too many.
 */
final class HeldKeys {
    private static final class Held {
        List<EventRef> siblings = List.of();
        Optional<Dot> resolvedBy = Optional.empty();
        int events;
        /** While it is open: when the event was published that opened it. */
        long openedAtMs;

        void add(EventRef event) {
            if (siblings.stream().anyMatch(sibling -> sibling.clock().includes(event.dot()))) {
                return;
            }
            boolean wasOpen = siblings.size() > 1;
            siblings = Stream.concat(
                            siblings.stream().filter(sibling -> !event.clock().includes(sibling.dot())),
                            Stream.of(event))
                    .toList();
            if (siblings.size() > 1) {
                resolvedBy = Optional.empty();
                openedAtMs = wasOpen ? openedAtMs : event.publishedAtMs();
            } else if (wasOpen) {
                resolvedBy = Optional.of(event.dot());
            }
        }

        long bytes() {
            long bytes = 0;
            for (EventRef sibling : siblings) {
                bytes += HeldConflict.bytes(sibling);
            }
            return bytes;
        }

        KeyState state(String key) {
            return new KeyState(key, siblings, resolvedBy);
        }
    }

    /** A page of open keys is no larger than about this, bytes. */
    private static final long MAX_PAGE_BYTES = 4_000_000;

    private final int maxLeft;
    private final long maxLeftBytes;
    private final Map<String, Held> keys = new HashMap<>();
    private final TreeMap<String, Held> open = new TreeMap<>();
    /** Open keys without an event in view, the oldest first, with the bytes that they take. */
    private final LinkedHashMap<String, Long> left = new LinkedHashMap<>();

    private long leftBytes;

    /**
     * @param maxLeft the most open keys of which no event is in view
     * @param maxLeftBytes the most bytes that these take
     */
    HeldKeys(int maxLeft, long maxLeftBytes) {
        this.maxLeft = maxLeft;
        this.maxLeftBytes = maxLeftBytes;
    }

    void added(HeldEvent event) {
        event.event().key().ifPresent(key -> {
            add(key, event.reference()).events++;
            noLongerLeft(key);
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

    /**
     * The event was refused, as if it had never come.
     *
     * @param all events in view, as they arrived
     */
    void withdrawn(HeldEvent refused, List<HeldEvent> all) {
        refused.event().key().ifPresent(key -> {
            Held before = keys.put(key, new Held());
            keys.get(key).events = before.events - 1;
            open.remove(key);
            all.stream()
                    .filter(event -> event.event().key().equals(Optional.of(key)))
                    .forEach(event -> add(key, event.reference()));
            before.siblings.stream()
                    .filter(sibling -> !sibling.dot().equals(refused.dot()))
                    .forEach(sibling -> add(key, sibling));
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
            leave(key, held.bytes());
        } else {
            noLongerLeft(key);
            keys.remove(key);
        }
    }

    private void leave(String key, long bytes) {
        Long before = left.put(key, bytes);
        leftBytes += bytes - (before == null ? 0 : before);
        while (left.size() > maxLeft || (leftBytes > maxLeftBytes && left.size() > 1)) {
            String oldest = left.keySet().iterator().next();
            noLongerLeft(oldest);
            keys.remove(oldest);
            open.remove(oldest);
        }
    }

    private void noLongerLeft(String key) {
        Long bytes = left.remove(key);
        leftBytes -= bytes == null ? 0 : bytes;
    }

    /** How the key stands; empty if nothing is known of it. */
    Optional<KeyState> state(String key) {
        return Optional.ofNullable(keys.get(key)).map(held -> held.state(key));
    }

    /** Since when the key is open that has been for longest, ms since 1970 UTC by its publisher's clock; empty if none is. */
    OptionalLong openSinceMs() {
        return open.values().stream().mapToLong(held -> held.openedAtMs).min();
    }

    int openCount() {
        return open.size();
    }

    /** Open keys after {@code after}, in their order; fewer than {@code limit} if they are large. */
    List<KeyState> open(String after, int limit) {
        List<KeyState> states = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, Held> entry : open.tailMap(after, false).entrySet()) {
            bytes += entry.getValue().bytes();
            if (states.size() == limit || (bytes > MAX_PAGE_BYTES && !states.isEmpty())) {
                break;
            }
            states.add(entry.getValue().state(entry.getKey()));
        }
        return states;
    }
}
