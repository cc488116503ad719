package io.antichain.node.kafka;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a node from going on right now, as a sentence, if anything; written to the log about every 10 s while that lasts.
 * Any thread reports, any may ask.
 */
final class WaitReason {
    private static final Logger LOG = LoggerFactory.getLogger(WaitReason.class);
    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong logAgainNs = new AtomicLong(System.nanoTime());
    private volatile String sentence = "";

    void report(String sentence) {
        this.sentence = sentence;
        log(sentence);
    }

    void over() {
        sentence = "";
    }

    Optional<String> current() {
        return Optional.of(sentence).filter(text -> !text.isEmpty());
    }

    /** Work goes on, and takes long: that is logged as seldom, and holds nothing up. */
    void remind(long sinceNs, String sentence) {
        if (System.nanoTime() - sinceNs >= LOG_EVERY_NS) {
            log(sentence);
        }
    }

    private void log(String sentence) {
        long dueNs = logAgainNs.get();
        long nowNs = System.nanoTime();
        if (nowNs - dueNs >= 0 && logAgainNs.compareAndSet(dueNs, nowNs + LOG_EVERY_NS)) {
            LOG.atWarn().addKeyValue("reason", sentence).log("The node waits");
        }
    }
}
