package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;

/**
 * One process's events in one partition, in the order of their arrival. Counters rise along it and clocks never fall, so
 * what a clock knows of it is a prefix, and what knows an event is a suffix.
 */
final class HeldLane {
    private final String topic;
    private final int partition;
    private final Sequence<HeldEvent> events = new Sequence<>();
    private long lastOffset;
    private long lastCounter;

    HeldLane(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    boolean isAt(String otherTopic, int otherPartition) {
        return partition == otherPartition && topic.equals(otherTopic);
    }

    /** How it stands, for people. */
    ProcessState.Lane state() {
        return new ProcessState.Lane(topic, partition, lastOffset, lastCounter);
    }

    /** Takes note of a record, an event or none. */
    void hear(long counter, long offset) {
        lastCounter = counter;
        lastOffset = offset;
    }

    Sequence<HeldEvent> events() {
        return events;
    }

    /** How many of its events have at most this counter. */
    int upTo(long counter) {
        return events.prefix(event -> event.dot().counter() <= counter);
    }

    /** How many of its events do not know the event {@code dot} of another process. */
    int ignorantOf(Dot dot) {
        return events.prefix(event -> !event.clock().includes(dot));
    }

    /** The last event with at most this counter; null if there is none. */
    HeldEvent last(long counter) {
        int count = upTo(counter);
        return count == 0 ? null : events.get(count - 1);
    }
}
