package io.antichain.analyzer.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A log in memory: each topic has one partition, offsets count from 0, and what is read is noted. */
public final class MemoryEventLog implements EventLog {
    private static final int BATCH = 100;

    public final Map<String, Long> committed = new HashMap<>();
    public final List<Long> readFrom = new ArrayList<>();
    /** Called before each batch that is read. */
    public Runnable onRead = () -> {};

    public long earliest;
    private final Map<String, List<Logged>> records = new HashMap<>();

    /** Appends, and returns the offset. */
    public long append(String topic, long timestampMs, byte[] value) {
        List<Logged> log = records.computeIfAbsent(topic, name -> new ArrayList<>());
        log.add(new Logged(log.size(), timestampMs, null, value, new RecordHeaders()));
        return log.size() - 1L;
    }

    /** What was appended to a topic so far will not be read again. */
    public void forget(String topic) {
        records.get(topic)
                .replaceAll(record -> new Logged(record.offset(), record.timestampMs(), null, null, record.headers()));
    }

    /** How many records were appended, to all topics. */
    public long size() {
        return records.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public Reading read(String topic, int partition, long fromOffset) {
        readFrom.add(fromOffset);
        List<Logged> log = records.getOrDefault(topic, List.of());
        return new Reading() {
            private int next = (int) fromOffset;

            @Override
            public List<Logged> next() {
                onRead.run();
                int end = Math.min(log.size(), next + BATCH);
                List<Logged> batch = List.copyOf(log.subList(next, end));
                next = end;
                return batch;
            }

            @Override
            public long position() {
                return next;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long earliest(String topic, int partition) {
        return earliest;
    }

    @Override
    public long end(String topic, int partition) {
        return records.getOrDefault(topic, List.of()).size();
    }

    @Override
    public long committed(String topic, int partition) {
        return committed.getOrDefault(topic, 0L);
    }
}
