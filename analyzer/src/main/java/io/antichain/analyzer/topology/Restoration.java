package io.antichain.analyzer.topology;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.topology.EventLog.Logged;
import io.antichain.analyzer.topology.EventLog.Reading;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Gateway.Rejection;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * An engine on its way back: made from a frontier, then told what the log holds from the oldest unstable event up to the
 * first record whose results are not committed. Nothing is emitted. Can stop anywhere and go on, also on another thread.
 */
final class Restoration {
    /** What has to be read of one partition: [from, until). */
    private static final class Stretch {
        final String topic;
        final int partition;
        final int enginePartition;
        final long from;
        final long until;
        volatile long position;

        Stretch(String topic, int partition, int enginePartition, long from, long until) {
            this.topic = topic;
            this.partition = partition;
            this.enginePartition = enginePartition;
            this.from = Math.min(from, until);
            this.until = until;
            this.position = this.from;
        }
    }

    /** A log that holds nothing before {@code earliest}, though something before it was asked for. */
    private record Torn(int enginePartition, long earliest) {}

    private final EventLog log;
    private final EventDecoder decoder;
    private final Optional<Saved> saved;
    private final long[] untils;
    private final OrderEngine engine;
    private final Reminders reminders;
    /** From before the frontier, of every topic; then from after it. */
    private final List<Stretch> held = new ArrayList<>();

    private final List<Stretch> following = new ArrayList<>();
    private final List<Torn> torn = new ArrayList<>();
    private final List<Anomaly> notices = new ArrayList<>();
    private boolean retold;
    private long followed;

    /**
     * Begins.
     *
     * @param saved what the task stored; empty at its first start
     * @param untils by topic: the offset of the first record whose results are not committed
     */
    Restoration(
            EventSources sources,
            int partition,
            Scope scope,
            EngineLimits limits,
            Optional<Saved> saved,
            long[] untils,
            EventLog log,
            EventDecoder decoder) {
        this.log = log;
        this.decoder = decoder;
        this.saved = saved;
        this.untils = untils;
        this.reminders = saved.map(Saved::reminders).orElseGet(Reminders::new);
        this.engine = saved.map(known -> OrderEngine.restored(known.frontier(), limits))
                .orElseGet(() -> OrderEngine.ofTask(scope, limits, sources.enginePartitions(partition)));
        for (int i = 0; i < untils.length; i++) {
            String topic = sources.topics().get(i);
            plan(topic, partition, sources.enginePartition(topic, partition), untils[i]);
        }
    }

    private void plan(String topic, int partition, int enginePartition, long until) {
        long wanted = engine.replayFrom(enginePartition);
        long position = engine.position(enginePartition);
        if (wanted >= until) {
            return;
        }
        long earliest = log.earliest(topic, partition);
        if (earliest > wanted && saved.isPresent()) {
            torn.add(new Torn(enginePartition, earliest));
            notices.add(Truncation.anomaly(topic, partition, wanted, earliest));
        }
        held.add(new Stretch(topic, partition, enginePartition, Math.max(wanted, earliest), position));
        following.add(new Stretch(topic, partition, enginePartition, Math.max(position, earliest), until));
    }

    /** Whether this began from the same state and leads to the same record. */
    boolean leadsFrom(Optional<Saved> otherSaved, long[] otherUntils) {
        return Arrays.equals(untils, otherUntils)
                && saved.isPresent() == otherSaved.isPresent()
                && (saved.isEmpty()
                        || Arrays.equals(
                                saved.get().frontier(), otherSaved.get().frontier()));
    }

    /**
     * Reads on while it may.
     *
     * @return whether all has been read
     */
    boolean advance(BooleanSupplier mayGoOn) {
        if (!retold) {
            if (!advance(held, mayGoOn)) {
                return false;
            }
            torn.forEach(log -> engine.truncated(log.enginePartition(), log.earliest()));
            retold = true;
        }
        return advance(following, mayGoOn);
    }

    private boolean advance(List<Stretch> stretches, BooleanSupplier mayGoOn) {
        for (Stretch stretch : stretches) {
            if (stretch.position < stretch.until && !advance(stretch, mayGoOn)) {
                return false;
            }
        }
        return true;
    }

    private boolean advance(Stretch stretch, BooleanSupplier mayGoOn) {
        try (Reading reading = log.read(stretch.topic, stretch.partition, stretch.position)) {
            while (stretch.position < stretch.until) {
                if (!mayGoOn.getAsBoolean()) {
                    return false;
                }
                for (Logged record : reading.next()) {
                    if (record.offset() < stretch.until) {
                        tell(stretch, record);
                        stretch.position = record.offset() + 1;
                    }
                }
                stretch.position = reading.position();
            }
            return true;
        }
    }

    private void tell(Stretch stretch, Logged record) {
        followed += retold ? 1 : 0;
        Decoded decoded = decoder.decode(stretch.topic, record.value(), false);
        if (decoded instanceof Decoded.Admitted admitted) {
            engine.arrive(admitted.event(), stretch.enginePartition, record.offset(), record.timestampMs());
        } else if (decoded instanceof Decoded.Doubted doubted && retold) {
            Rejection rejection = doubted.rejection();
            if (rejection.kind() == Anomaly.Kind.NO_VECTOR_CLOCK) {
                reminders.isDue(doubted.event().process(), record.timestampMs());
            }
        }
    }

    OrderEngine engine() {
        return engine;
    }

    Reminders reminders() {
        return reminders;
    }

    /** What came to light: to be emitted with the first results. */
    List<Anomaly> notices() {
        return notices;
    }

    /** How many records stand after the frontier. */
    long followed() {
        return followed;
    }

    /** How many offsets have been read, and how many there are to read. */
    Map.Entry<Long, Long> progress() {
        long done = 0;
        long total = 0;
        for (List<Stretch> stretches : List.of(held, following)) {
            for (Stretch stretch : stretches) {
                done += Math.min(stretch.position, stretch.until) - stretch.from;
                total += stretch.until - stretch.from;
            }
        }
        return Map.entry(done, total);
    }
}
