package io.antichain.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class HistoryStartTest {
    private static final String TOPIC = "events";
    private static final long NOW_MS = 1_800_000_000_000L;

    @Test
    void inOnePartitionItIsTwiceWhatIsHeldFromTheEnd() {
        Log log = new Log();
        for (int n = 0; n < 10_000; n++) {
            log.append(0, NOW_MS - 10_000 + n);
        }
        assertThat(log.start(100)).containsExactly(Map.entry(partition(0), 10_000L - 200));
        assertThat(log.start(6_000)).containsExactly(Map.entry(partition(0), 0L));
    }

    /** Whatever the partitions' shares and paces are, by random logs of up to six. */
    @Test
    void theNewestOfAllPartitionsAreReadAndNotManyMore() {
        long firstSeed = Long.getLong("seed", 1);
        for (long seed = firstSeed; seed < firstSeed + 200; seed++) {
            Random random = new Random(seed);
            int partitions = 2 + random.nextInt(5);
            Log log = new Log();
            long timeMs = NOW_MS - random.nextInt(100_000_000);
            int records = 1 + random.nextInt(5_000);
            int busiest = random.nextInt(partitions);
            for (int n = 0; n < records; n++) {
                timeMs = Math.min(NOW_MS, timeMs + random.nextInt(random.nextInt(50) == 0 ? 100_000 : 3));
                log.append(random.nextInt(3) > 0 ? busiest : random.nextInt(partitions), timeMs);
            }
            int most = 1 + random.nextInt(500);
            Map<TopicPartition, Long> from = log.start(most);
            assertThat(log.newest(most).stream()
                            .filter(record -> record.offset() < from.get(partition(record.partition()))))
                    .as("seed=%s, records=%s, most=%s, from=%s", seed, records, most, from)
                    .isEmpty();
            long offsets = from.entrySet().stream()
                    .mapToLong(entry -> log.length(entry.getKey()) - entry.getValue())
                    .sum();
            assertThat(offsets).as("seed=%s", seed).isLessThanOrEqualTo(4L * most + log.mostInOneMs());
        }
        System.out.println("history start: seeds " + firstSeed + " to " + (firstSeed + 199));
    }

    private static TopicPartition partition(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    /** A topic with records at given times, and a consumer of it. */
    private static final class Log extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

        Log() {
            super("earliest");
        }

        void append(int partition, long timeMs) {
            List<ConsumerRecord<byte[], byte[]>> log =
                    records.computeIfAbsent(partition(partition), unknown -> new ArrayList<>());
            log.add(new ConsumerRecord<>(
                    TOPIC,
                    partition,
                    log.size(),
                    timeMs,
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    0,
                    null,
                    null,
                    new RecordHeaders(),
                    Optional.empty()));
        }

        Map<TopicPartition, Long> start(int most) {
            records.forEach((partition, log) -> {
                updateBeginningOffsets(Map.of(partition, 0L));
                updateEndOffsets(Map.of(partition, (long) log.size()));
            });
            return new HistoryStart(this, Set.copyOf(records.keySet())).find(most, NOW_MS);
        }

        long length(TopicPartition partition) {
            return records.get(partition).size();
        }

        /** The newest by log time; of those of one millisecond, nobody can say which of two partitions' are newer. */
        List<ConsumerRecord<byte[], byte[]>> newest(int count) {
            List<ConsumerRecord<byte[], byte[]>> all = all().sorted(
                            Comparator.comparingLong(ConsumerRecord<byte[], byte[]>::timestamp)
                                    .thenComparingLong(ConsumerRecord::offset)
                                    .reversed())
                    .toList();
            return all.subList(0, Math.min(count, all.size()));
        }

        long mostInOneMs() {
            Map<Long, Long> counts = new HashMap<>();
            all().forEach(record -> counts.merge(record.timestamp(), 1L, Long::sum));
            return counts.values().stream().mapToLong(count -> count).max().orElse(0);
        }

        private Stream<ConsumerRecord<byte[], byte[]>> all() {
            return records.values().stream().flatMap(List::stream);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, timeMs) -> found.put(
                    partition,
                    records.get(partition).stream()
                            .filter(record -> record.timestamp() >= timeMs)
                            .findFirst()
                            .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                            .orElse(null)));
            return found;
        }
    }
}
