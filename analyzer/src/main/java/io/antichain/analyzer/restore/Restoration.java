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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * An engine on its way back: made from a frontier, then told what the log holds from the oldest event of the window up to the
 * first record whose results are not committed, in the order of log time. Nothing is emitted. Can stop anywhere and go on, also
 * on another thread.
 */
public final class Restoration {
    /** What has to be read of one partition: [from, until). */
    private static final class Stretch {
        final String topic;
        final int partition;
        /** Its index among those that the engine reads. */
        final int index;

        final long from;
        final long until;
        /** Read, and not told yet. */
        final ArrayDeque<Logged> waiting = new ArrayDeque<>();

        volatile long position;
        Reading reading;

        Stretch(String topic, int partition, int index, long from, long until) {
            this.topic = topic;
            this.partition = partition;
            this.index = index;
            this.from = from;
            this.until = until;
            this.position = from;
        }

        boolean isRead() {
            return position >= until;
        }
    }

    private final EventLog log;
    private final RecordDecoder decoder;
    private final Optional<StoredState> stored;
    private final long[] untils;
    private final OrderEngine engine;
    private final Reminders reminders;
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Anomaly> notices = new ArrayList<>();
    private long followed;

    /**
     * Begins.
     *
     * @param topics those that the task reads, with this partition of each
     * @param stored what the task stored; empty at its first start
     * @param untils by topic: the offset of the first record whose results are not committed
     */
    public Restoration(
            List<String> topics,
            int partition,
            Scope scope,
            EngineLimits limits,
            Optional<StoredState> stored,
            long[] untils,
            EventLog log,
            RecordDecoder decoder) {
        this.log = log;
        this.decoder = decoder;
        this.stored = stored;
        this.untils = untils;
        this.reminders = stored.map(StoredState::reminders).orElseGet(Reminders::new);
        this.engine = stored.map(state -> OrderEngine.restored(state.frontier(), state.keyPages(), limits))
                .orElseGet(() -> OrderEngine.over(
                        scope,
                        limits,
                        topics.stream()
                                .map(topic -> new TopicPartition(topic, partition))
                                .toArray(TopicPartition[]::new)));
        for (int i = 0; i < untils.length; i++) {
            plan(topics.get(i), partition, i, untils[i]);
        }
    }

    private void plan(String topic, int partition, int index, long until) {
        long wanted = engine.replayFrom(index);
        long earliest = log.earliest(topic, partition);
        if (earliest > wanted) {
            long position = engine.position(index);
            if (wanted < position) {
                engine.lostHeld();
            }
            if (earliest > position) {
                engine.deletedUnread(earliest - position);
                engine.passed(index, earliest - 1);
            }
            if (stored.isPresent()) {
                notices.add(Deletions.anomaly(topic, partition, wanted, earliest));
            }
        }
        long from = Math.max(wanted, earliest);
        long end = Math.min(until, log.end(topic, partition)); // of another topic of this name more may be committed
        if (from < end) {
            stretches.add(new Stretch(topic, partition, index, from, end));
        }
    }

    /** Whether this began from the same state and leads to the same record. */
    boolean leadsFrom(Optional<StoredState> otherStored, long[] otherUntils) {
        return Arrays.equals(untils, otherUntils)
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
        try {
            while (true) {
                boolean lacks = false;
                for (Stretch stretch : stretches) {
                    if (stretch.waiting.isEmpty() && !stretch.isRead()) {
                        if (!mayGoOn.getAsBoolean()) {
                            return false;
                        }
                        fetch(stretch);
                        lacks |= stretch.waiting.isEmpty() && !stretch.isRead();
                    }
                }
                if (!lacks) {
                    Optional<Stretch> next = stretches.stream()
                            .filter(stretch -> !stretch.waiting.isEmpty())
                            .min(Comparator.comparingLong(
                                    stretch -> stretch.waiting.peek().timestampMs()));
                    if (next.isEmpty()) {
                        return true;
                    }
                    tell(next.get());
                }
            }
        } finally {
            stretches.forEach(Restoration::stopReading);
        }
    }

    private void fetch(Stretch stretch) {
        if (stretch.reading == null) {
            stretch.reading = log.read(stretch.topic, stretch.partition, stretch.position);
        }
        for (Logged record : stretch.reading.next()) {
            if (record.offset() < stretch.until) {
                stretch.waiting.add(record);
            }
        }
        stretch.position = stretch.reading.position();
    }

    private static void stopReading(Stretch stretch) {
        if (stretch.reading != null) {
            stretch.reading.close();
            stretch.reading = null;
        }
    }

    /** Tells the engine the stretch's next record; where there is but one, all that wait. */
    private void tell(Stretch stretch) {
        do {
            tell(stretch, stretch.waiting.remove());
        } while (stretches.size() == 1 && !stretch.waiting.isEmpty());
    }

    private void tell(Stretch stretch, Logged record) {
        boolean follows = record.offset() >= engine.position(stretch.index);
        followed += follows ? 1 : 0;
        Decoded decoded = decoder.decode(
                stretch.topic, record.key(), record.value(), record.headers(), record.timestampMs(), false);
        if (decoded instanceof Decoded.Admitted admitted) {
            Outcome outcome = engine.arrive(admitted.message(), stretch.index, record.offset(), record.timestampMs());
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
        long done = 0;
        long total = 0;
        for (Stretch stretch : stretches) {
            done += Math.min(stretch.position, stretch.until) - stretch.from;
            total += stretch.until - stretch.from;
        }
        return Map.entry(done, total);
    }
}
