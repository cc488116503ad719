package io.antichain.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For how long a registry that says that it does not know a schema id is doubted. A registry that is starting says so of
 * every id, so each id has a grace time of its own, from when it was first denied. What is denied after that is believed for
 * five minutes; then the registry is asked once more, without waiting, and believed again. Not for several threads.
 */
public final class UnknownIds {
    /** So long an id is waited for, ms. */
    public static final long GRACE_MS = 30_000;

    /** So long the registry need not be asked again about an id that it kept denying, ms. */
    public static final long BELIEVED_MS = 300_000;

    private static final int CAPACITY = 10_000;

    private record Denial(long sinceMs, boolean believed, long askAgainMs) {}

    private final Map<Integer, Denial> denials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Denial> eldest) {
            return size() > CAPACITY;
        }
    };

    /**
     * The registry has just denied the id: whether that is doubted still, so that asking again is worth the wait.
     *
     * @param nowMs ms since some fixed moment, never falling
     */
    public boolean isDoubted(int id, long nowMs) {
        Denial first = denials.computeIfAbsent(id, unseen -> new Denial(nowMs, false, 0));
        if (!first.believed() && nowMs - first.sinceMs() < GRACE_MS) {
            return true;
        }
        if (!isBelieved(id, nowMs)) {
            denials.put(id, new Denial(first.sinceMs(), true, nowMs + BELIEVED_MS));
        }
        return false;
    }

    /** Whether the id is believed to be unknown, so that the registry need not be asked at all. */
    public boolean isBelieved(int id, long nowMs) {
        Denial denial = denials.get(id);
        return denial != null && denial.believed() && nowMs < denial.askAgainMs();
    }

    /** The registry knows the id: a later denial has a grace time again. */
    public void known(int id) {
        denials.remove(id);
    }
}
