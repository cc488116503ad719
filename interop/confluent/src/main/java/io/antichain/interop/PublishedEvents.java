package io.antichain.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The messages of the events topic that have a vector clock, as far as they were read. */
final class PublishedEvents {
    private final Map<String, PublishedEvent> byDot = new HashMap<>();
    private final Map<String, Long> greatest = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long lamport;

    void add(ConsumerRecord<String, IdentifiedValue> read) {
        ValueFields event = ValueFields.of(read);
        if (!event.text("kind").equals("MESSAGE") || event.isNull("clock")) {
            return;
        }
        PublishedEvent published = new PublishedEvent(
                event.text("process"),
                event.number("counter"),
                event.counters("clock"),
                event.number("lamport"),
                read.partition(),
                read.offset());
        String dot = published.dot();
        String key = event.isNull("key") ? published.process() : event.text("key");
        if (published.entry(published.process()) != published.counter()) {
            faults.add("An event's own entry is not its counter: event=" + dot + ", clock=" + published.clock());
        }
        if (!key.equals(read.key())) {
            faults.add(
                    "A record's key is neither its event's key nor its process: event=" + dot + ", key=" + read.key());
        }
        if (byDot.putIfAbsent(dot, published) != null) {
            faults.add("A dot stands in the topic twice: event=" + dot + ", offset=" + read.offset());
        }
        greatest.merge(published.process(), published.counter(), Math::max);
        lamport = Math.max(lamport, published.lamport());
    }

    List<String> faults() {
        return faults;
    }

    int size() {
        return byDot.size();
    }

    Optional<PublishedEvent> find(String process, long counter) {
        return Optional.ofNullable(byDot.get(PublishedEvent.dot(process, counter)));
    }

    /** What a process knows that has read all of them. */
    Map<String, Long> clock() {
        Map<String, Long> clock = new TreeMap<>(greatest);
        byDot.values().forEach(event -> event.clock()
                .forEach((process, counter) -> clock.merge(process, counter, Math::max)));
        return clock;
    }

    /** The greatest counter of a process, if there is an event of it. */
    Optional<Long> greatest(String process) {
        return Optional.ofNullable(greatest.get(process));
    }

    long lamport() {
        return lamport;
    }

    /** Every pair of concurrent events, by the definition. */
    Set<String> concurrentPairs() {
        List<PublishedEvent> all = List.copyOf(byDot.values());
        Set<String> pairs = new TreeSet<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (all.get(i).isConcurrentWith(all.get(j))) {
                    pairs.add(pair(all.get(i).dot(), all.get(j).dot()));
                }
            }
        }
        return pairs;
    }

    /** A pair's name, whichever of the two comes first. */
    static String pair(String dot, String other) {
        return dot.compareTo(other) < 0 ? dot + " " + other : other + " " + dot;
    }
}
