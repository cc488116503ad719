package io.antichain.analyzer.restore;

import io.antichain.analyzer.order.OrderEngine;
import java.time.Duration;
import java.util.List;

/**
 * When a task stores its state: every so many records, and every {@value #EVERY_S} s while there are any. Any older state is
 * valid too: what follows it is read again at a start.
 */
public final class StateSaving {
    private static final int EVERY_S = 2;
    public static final Duration EVERY = Duration.ofSeconds(EVERY_S);

    private final StateStore store;
    private final List<String> topicIds;
    private final int everyRecords;
    private long since;

    public StateSaving(StateStore store, List<String> topicIds, int everyRecords) {
        this.store = store;
        this.topicIds = topicIds;
        this.everyRecords = everyRecords;
    }

    /** So many records were read since the state was stored. */
    public void since(long records) {
        since = records;
    }

    /** A record was read. */
    public void read(OrderEngine engine, Reminders reminders) {
        if (++since >= everyRecords) {
            save(engine, reminders);
        }
    }

    /** Time has passed. */
    public void tick(OrderEngine engine, Reminders reminders) {
        if (since > 0) {
            save(engine, reminders);
        }
    }

    public void save(OrderEngine engine, Reminders reminders) {
        var keyPages = engine.takeKeyPages(); // nothing arrives between this and the frontier
        store.write(new StoredState(topicIds, reminders, engine.frontier(), keyPages));
        since = 0;
    }
}
