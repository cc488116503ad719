package io.antichain.stamping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what goes wrong, each kind at most once a minute: the rest is counted. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Stamping.class);
    private static final long QUIET_MS = 60_000;

    private final Map<String, AtomicLong> lastMs = new ConcurrentHashMap<>();

    /**
     * Logs a sentence, unless one of its kind was logged within the last minute.
     *
     * @param cause what happened, or null
     */
    void say(String kind, long nowMs, String sentence, Throwable cause) {
        AtomicLong last = lastMs.computeIfAbsent(kind, unheard -> new AtomicLong(Long.MIN_VALUE / 2));
        long before = last.get();
        if (nowMs - before > QUIET_MS && last.compareAndSet(before, nowMs)) {
            LOG.warn("{}", sentence + (cause == null ? "" : " (" + cause + ")"));
        }
    }
}
