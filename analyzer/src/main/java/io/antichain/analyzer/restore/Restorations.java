package io.antichain.analyzer.restore;

import io.antichain.analyzer.decode.Patience;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines that are being restored, of all tasks of this instance.
 *
 * <p>A task is restored before it is given its first record. Its thread does not poll meanwhile, and the group takes a thread for
 * dead that does not poll for 5 minutes. So a long restoration is broken off before, and the next thread that has the task goes
 * on from where it was.
 */
public final class Restorations {
    private static final Logger LOG = LoggerFactory.getLogger(Restorations.class);
    /** Less than half of a consumer's max.poll.interval.ms. */
    private static final long SLICE_MS = 120_000;

    private final Map<TaskId, Restoration> underWay = new ConcurrentHashMap<>();
    private final Patience patience;

    public Restorations(Patience patience) {
        this.patience = patience;
    }

    /**
     * The restoration of the task, finished.
     *
     * @throws RestorationUnfinishedException if it needs more time than there is
     */
    public Restoration finished(TaskId task, Optional<StoredState> stored, long until, Supplier<Restoration> fresh) {
        Restoration restoration = underWay.compute(
                task, (id, before) -> before != null && before.leadsFrom(stored, until) ? before : fresh.get());
        long startedMs = patience.nowMs();
        boolean done = restoration.advance(() -> patience.nowMs() - startedMs < SLICE_MS);
        Map.Entry<Long, Long> progress = restoration.progress();
        if (!done) {
            throw new RestorationUnfinishedException("An engine is not restored yet: task=" + task + ", records="
                    + progress.getKey() + ", of=" + progress.getValue());
        }
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
