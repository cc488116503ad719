package io.antichain.stamping;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What applications were handed and sent, as they noted it themselves: without a look at any stamp. What several threads did at the
 * same time has no order, so each entry says when it began and when it had ended, by one counter for all.
 */
final class Journal {
    /** A record was sent: {@code value} is its value, which no other has. */
    record Sent(String value, String life, String topic, long begin, long end) {}

    /** A record was handed to the application. */
    record Handed(String value, String life, long begin, long end) {}

    /** Offsets were committed, or may have been. */
    record Committed(String life, Set<TopicPartition> partitions, long begin, long end) {}

    /** Partitions were assigned, with these offsets committed. */
    record Assigned(String life, TopicPartition partition, long offset, long begin, long end) {}

    /** A life of a process began. */
    record Began(String life, String name, long at) {}

    final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Handed> handed = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Committed> committed = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Assigned> assigned = new ConcurrentLinkedQueue<>();
    final List<Began> began = new CopyOnWriteArrayList<>();
    /** By a record's value: when its producer had said that it stands in the log, committed. */
    final ConcurrentHashMap<String, Long> acknowledged = new ConcurrentHashMap<>();

    private final AtomicLong moments = new AtomicLong();

    long moment() {
        return moments.incrementAndGet();
    }

    String begin(String name) {
        long at = moment();
        String life = name + "/" + at;
        began.add(new Began(life, name, at));
        return life;
    }
}
