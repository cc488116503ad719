package io.antichain.analyzer.restore;

import io.antichain.analyzer.decode.Patience;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines that are being restored, of all tasks of this instance.
 *
 * <p>All tasks of a thread share one transaction, which the broker aborts after 10 s, so no task may read for longer than a
 * part of that. When the time is used up the task is given back to Kafka Streams, which commits what the others did and
 * begins the task again; the restoration goes on from where it was.
 */
public final class Restorations {
    private static final Logger LOG = LoggerFactory.getLogger(Restorations.class);
    private static final long SLICE_MS = 3_000;

    private final Map<TaskId, Restoration> underWay = new ConcurrentHashMap<>();
    private final AtomicLong spentMs = new AtomicLong();
    private final Patience patience;

    public Restorations(Patience patience) {
        this.patience = patience;
    }

    /**
     * The restoration of the task, finished.
     *
     * @throws TaskCorruptedException if it needs more time; nothing was emitted, and the task is to be begun again
     */
    public Restoration finished(TaskId task, Optional<StoredState> stored, long[] untils, Supplier<Restoration> fresh) {
        Restoration restoration = underWay.compute(
                task, (id, before) -> before != null && before.leadsFrom(stored, untils) ? before : fresh.get());
        long startedMs = patience.nowMs();
        long leftMs = SLICE_MS - spentMs.get();
        boolean done = restoration.advance(() -> patience.nowMs() - startedMs < leftMs);
        Map.Entry<Long, Long> progress = restoration.progress();
        if (!done) {
            spentMs.set(0);
            LOG.info("Restoring: task={}, records={}, of={}", task, progress.getKey(), progress.getValue());
            throw new TaskCorruptedException(java.util.Set.of(task));
        }
        spentMs.addAndGet(patience.nowMs() - startedMs);
        underWay.remove(task);
        LOG.info(
                "Restored: task={}, records={}, held={}, ms={}",
                task,
                progress.getValue(),
                restoration.engine().figures().held(),
                patience.nowMs() - startedMs);
        return restoration;
    }

    /** How far it is, as a sentence; empty when no task is being restored. */
    public Optional<String> progress() {
        return underWay.entrySet().stream().findFirst().map(entry -> {
            Map.Entry<Long, Long> progress = entry.getValue().progress();
            return "The engine is being restored from the log: partition="
                    + entry.getKey().partition() + ", records=" + progress.getKey() + ", of=" + progress.getValue();
        });
    }
}
