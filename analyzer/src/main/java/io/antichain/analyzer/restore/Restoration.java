package io.antichain.analyzer.restore;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.RecordDecoder;
import io.antichain.analyzer.log.Deletions;
import io.antichain.analyzer.log.EventLog;
import io.antichain.analyzer.log.EventLog.Logged;
import io.antichain.analyzer.log.EventLog.Reading;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * An engine on its way back: made from a frontier, then told what the log holds from the oldest event of the window up to the
 * first record whose results are not committed. Nothing is emitted. Can stop anywhere and go on, also on another thread.
 */
public final class Restoration {
    private final TopicPartition partition;
    private final EventLog log;
    private final RecordDecoder decoder;
    private final Optional<StoredState> stored;
    private final long until;
    private final OrderEngine engine;
    private final Reminders reminders;
    private final List<Anomaly> notices = new ArrayList<>();
    /** What has to be read: [from, end). */
    private final long from;

    private final long end;
    private volatile long position;
    private long followed;

    /**
     * Begins.
     *
     * @param stored what the task stored; empty at its first start
     * @param until the offset of the first record whose results are not committed
     */
    public Restoration(
            TopicPartition partition,
            Scope scope,
            EngineLimits limits,
            Optional<StoredState> stored,
            long until,
            EventLog log,
            RecordDecoder decoder) {
        this.partition = partition;
        this.log = log;
        this.decoder = decoder;
        this.stored = stored;
        this.until = until;
        this.reminders = stored.map(StoredState::reminders).orElseGet(Reminders::new);
        this.engine = stored.map(state -> OrderEngine.restored(state.frontier(), state.keyPages(), limits))
                .orElseGet(() ->
                        OrderEngine.over(scope, limits, new SourcePartition(partition.topic(), partition.partition())));
        long earliest = log.earliest(partition.topic(), partition.partition());
        noteDeleted(earliest);
        this.from = Math.max(engine.replayFrom(), earliest);
        // Of another topic of this name more may be committed.
        this.end = Math.max(from, Math.min(until, log.end(partition.topic(), partition.partition())));
        this.position = from;
    }

    private void noteDeleted(long earliest) {
        long wanted = engine.replayFrom();
        if (earliest <= wanted) {
            return;
        }
        long next = engine.position();
        if (wanted < next) {
            engine.lostHeld();
        }
        if (earliest > next) {
            engine.deletedUnread(earliest - next);
            engine.passed(earliest - 1);
        }
        if (stored.isPresent()) {
            notices.add(Deletions.anomaly(partition.topic(), partition.partition(), wanted, earliest));
        }
    }

    /** Whether this began from the same state and leads to the same record. */
    boolean leadsFrom(Optional<StoredState> otherStored, long otherUntil) {
        return until == otherUntil
                && stored.isPresent() == otherStored.isPresent()
                && (stored.isEmpty()
                        || Arrays.equals(
                                stored.get().frontier(), otherStored.get().frontier()));
    }

    /**
     * Reads on while it may.
     *
     * @return whether all has been read
     */
    boolean advance(BooleanSupplier mayGoOn) {
        if (position >= end) {
            return true;
        }
        try (Reading reading = log.read(partition.topic(), partition.partition(), position)) {
            while (position < end) {
                if (!mayGoOn.getAsBoolean()) {
                    return false;
                }
                for (Logged record : reading.next()) {
                    if (record.offset() < end) {
                        tell(record); // may fail: then this goes on from here
                        position = record.offset() + 1;
                    }
                }
                position = reading.position();
            }
            return true;
        }
    }

    private void tell(Logged record) {
        boolean follows = record.offset() >= engine.position();
        followed += follows ? 1 : 0;
        Decoded decoded = decoder.decode(
                partition.topic(), record.key(), record.value(), record.headers(), record.timestampMs(), false);
        if (decoded instanceof Decoded.Admitted admitted) {
            Outcome outcome = engine.arrive(admitted.message(), record.offset(), record.timestampMs());
            if (outcome instanceof Outcome.Refused refused) {
                reminders.isDue(refused.anomaly().kind(), admitted.event().process(), record.timestampMs());
            }
        } else if (decoded instanceof Decoded.Doubted doubted && follows) {
            reminders.isDue(doubted.rejection().kind(), doubted.event().process(), record.timestampMs());
        } else if (decoded instanceof Decoded.Deleted deleted && follows) {
            engine.deletedUnread(deleted.records());
        }
    }

    public OrderEngine engine() {
        return engine;
    }

    public Reminders reminders() {
        return reminders;
    }

    /** What came to light: to be emitted with the first results. */
    public List<Anomaly> notices() {
        return notices;
    }

    /** How many records stand after the frontier. */
    public long followed() {
        return followed;
    }

    /** How many offsets have been read, and how many there are to read. */
    Map.Entry<Long, Long> progress() {
        return Map.entry(Math.min(position, end) - from, end - from);
    }
}
