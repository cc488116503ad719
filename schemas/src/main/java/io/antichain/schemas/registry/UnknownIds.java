package io.antichain.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For how long a registry that says that it does not know a schema id is doubted. A registry that is starting says so of
 * every id, so each id has a grace time of its own, from when it was first denied. What is denied after that is believed: the
 * registry is asked about it once a second, and not waited for.
 *
 * <p>Each id that proves unknown halves the grace time of those that are first denied within five minutes after it: so many
 * ids of that kind do not stop a reader for long, and one does not take away the grace of another. Not for several threads.
 */
public final class UnknownIds {
    /** So long an id is waited for unless another time is given, ms. */
    public static final long GRACE_MS = 30_000;

    /** So long the registry need not be asked again about an id that it kept denying, ms. */
    static final long ASK_EVERY_MS = 1_000;

    /** So long an id that proved unknown shortens the grace time of others, ms. */
    static final long SHORTENED_MS = 300_000;

    private static final long LEAST_GRACE_MS = 200;
    private static final int CAPACITY = 10_000;

    private record Denial(long doubtedUntilMs, boolean believed, long askAgainMs) {}

    private final long fullGraceMs;
    private long graceMs;
    private long lastBelievedMs;

    private final Map<Integer, Denial> denials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Denial> eldest) {
            return size() > CAPACITY;
        }
    };

    /** With the default grace time. */
    public UnknownIds() {
        this(GRACE_MS);
    }

    /** @param graceMs so long an id is waited for, ms */
    public UnknownIds(long graceMs) {
        this.fullGraceMs = graceMs;
        this.graceMs = graceMs;
    }

    /**
     * The registry has just denied the id: whether that is doubted still, so that asking again is worth the wait.
     *
     * @param nowMs ms since some fixed moment, never falling
     */
    public boolean isDoubted(int id, long nowMs) {
        Denial denial = denials.computeIfAbsent(id, unseen -> new Denial(nowMs + graceMs(nowMs), false, 0));
        if (!denial.believed() && nowMs < denial.doubtedUntilMs()) {
            return true;
        }
        if (!denial.believed()) {
            graceMs = Math.min(fullGraceMs, Math.max(LEAST_GRACE_MS, graceMs(nowMs) / 2));
            lastBelievedMs = nowMs;
        }
        if (!isBelieved(id, nowMs)) {
            denials.put(id, new Denial(denial.doubtedUntilMs(), true, nowMs + ASK_EVERY_MS));
        }
        return false;
    }

    private long graceMs(long nowMs) {
        return nowMs - lastBelievedMs < SHORTENED_MS ? graceMs : fullGraceMs;
    }

    /** Whether no id is denied. */
    boolean isEmpty() {
        return denials.isEmpty();
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
