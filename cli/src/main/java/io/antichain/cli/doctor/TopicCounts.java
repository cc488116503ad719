package io.antichain.cli.doctor;

import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Gateway.Rejection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What was read of one topic: told record by record, then asked by the checks. */
public final class TopicCounts {
    private final String topic;
    private final Gateway gateway;
    private final Function<String, ProcessCounts> processes;
    private final SortedMap<Integer, PartitionCounts> partitions = new TreeMap<>();

    private Optional<TopicSettings> settings = Optional.empty();
    private long stamped;
    private final Counted unstamped = new Counted();
    private final Counted unstampedAfterStamped = new Counted();
    private final Counted unreadable = new Counted();
    private final Counted impossible = new Counted();
    private final Counted tooWide = new Counted();
    private final Counted repeated = new Counted();
    private final Counted text = new Counted();
    private int widestClock;
    private long furthestBehindMs;
    private RecordPlace furthestBehind;
    private RecordPlace latest;
    private long aheadMs;

    /** @param processes gives those of a name */
    TopicCounts(String topic, Thresholds thresholds, Function<String, ProcessCounts> processes) {
        this.topic = topic;
        this.gateway = new Gateway(thresholds.maxClockWidth());
        this.processes = processes;
    }

    /** The topic's settings, where they may be read. */
    public void settings(TopicSettings read) {
        settings = Optional.of(read);
    }

    /** Begins a partition. */
    public void begin(int partition, long oldestOffset) {
        partitions.put(partition, new PartitionCounts(oldestOffset));
    }

    /**
     * A record with a stamp.
     *
     * @param isText whether the stamp's bytes were made into text
     * @param isRepeated whether the record carries several stamps that are not all the same
     */
    public void stamped(RecordPlace place, Event event, boolean isText, boolean isRepeated) {
        counted(place).stamped();
        stamped++;
        text.addIf(isText, place, "");
        repeated.addIf(isRepeated, place, "");
        widestClock =
                Math.max(widestClock, event.clock().map(clock -> clock.size()).orElse(0));
        Optional<Rejection> rejection = gateway.check(event);
        rejection.ifPresent(reason -> doubt(reason, place));
        processes.apply(event.process().name()).add(topic, event);
    }

    private void doubt(Rejection rejection, RecordPlace place) {
        switch (rejection.kind()) {
            case CLOCK_TOO_WIDE -> tooWide.add(place, "");
            default -> impossible.add(place, rejection.kind().name());
        }
    }

    /** A record without a stamp. */
    public void unstamped(RecordPlace place) {
        unstamped.add(place, "");
        unstampedAfterStamped.addIf(counted(place).hasStamped(), place, "");
    }

    /**
     * A record whose stamp cannot be read.
     *
     * @param failure a short word for programs, such as BROKEN_STAMP
     */
    public void unreadable(RecordPlace place, String failure) {
        counted(place);
        unreadable.add(place, failure);
    }

    private PartitionCounts counted(RecordPlace place) {
        // A partition that was added meanwhile has its first record.
        PartitionCounts partition = partitions.computeIfAbsent(place.partition(), added -> new PartitionCounts(0));
        long behindMs = partition.add(place);
        if (behindMs > furthestBehindMs) {
            furthestBehindMs = behindMs;
            furthestBehind = place;
        }
        if (latest == null || place.timestampMs() > latest.timestampMs()) {
            latest = place;
        }
        return partition;
    }

    /** That all of it was read, at this time of this machine, ms since 1970 UTC. */
    public void end(long nowMs) {
        aheadMs = latest == null ? 0 : Math.max(0, latest.timestampMs() - nowMs);
    }

    public String topic() {
        return topic;
    }

    /** Empty if this client may not read them. */
    public Optional<TopicSettings> settings() {
        return settings;
    }

    /** How many committed records were read. */
    public long records() {
        return stamped + unstamped.count() + unreadable.count();
    }

    /** How many of them carry a stamp that can be read. */
    public long stamped() {
        return stamped;
    }

    /** Those without a stamp. */
    public Counted unstamped() {
        return unstamped;
    }

    /** Those of them that stand behind a record with a stamp, in the same partition. */
    Counted unstampedAfterStamped() {
        return unstampedAfterStamped;
    }

    /** Those whose stamp cannot be read. */
    public Counted unreadable() {
        return unreadable;
    }

    /** Those whose stamp can be read and not be true. */
    Counted impossible() {
        return impossible;
    }

    /** Those whose clock has more entries than the analyzer believes. */
    Counted tooWide() {
        return tooWide;
    }

    /** Those that carry several stamps. */
    Counted repeated() {
        return repeated;
    }

    /** Those whose stamp is text. */
    public Counted text() {
        return text;
    }

    /** The most entries of a clock; 0 if there is none. */
    public int widestClock() {
        return widestClock;
    }

    /** How far a timestamp lies behind an earlier record's of its partition at most, ms. */
    long furthestBehindMs() {
        return furthestBehindMs;
    }

    /** The record with that timestamp; null if none lies behind. */
    RecordPlace furthestBehind() {
        return furthestBehind;
    }

    /** The record with the latest timestamp; null if there is none. */
    RecordPlace latest() {
        return latest;
    }

    /** How far that lies in the future, ms; 0 or more. */
    long aheadMs() {
        return aheadMs;
    }

    /** Each by its number. */
    SortedMap<Integer, PartitionCounts> partitions() {
        return partitions;
    }

    public int partitionCount() {
        return partitions.size();
    }
}
