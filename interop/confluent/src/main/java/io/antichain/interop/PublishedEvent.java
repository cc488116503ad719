package io.antichain.interop;

import java.util.Map;

/** A message of the events topic, and where it stands. */
record PublishedEvent(String process, long counter, Map<String, Long> clock, long lamport, int partition, long offset) {

    static String dot(String process, long counter) {
        return process + ":" + counter;
    }

    String dot() {
        return dot(process, counter);
    }

    /** How many events of a process it knew, itself included. */
    long entry(String of) {
        return clock.getOrDefault(of, 0L);
    }

    /** By the definition: neither knew the other. */
    boolean isConcurrentWith(PublishedEvent other) {
        return other.entry(process) < counter && entry(other.process) < other.counter;
    }
}
