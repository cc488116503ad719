package io.antichain.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class InStepTest {
    private static final int SEEDS = 500;

    @Test
    void recordsComeInTheOrderOfTheirTimesHoweverTheyWereFetched() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = log(random);
            List<ConsumerRecord<byte[], byte[]>> came = new ArrayList<>();
            InStep inStep = new InStep();
            Map<TopicPartition, Integer> fetched = new HashMap<>();
            Set<TopicPartition> awaited = new HashSet<>(log.keySet());
            while (!awaited.isEmpty()) {
                TopicPartition some = log.keySet().stream().toList().get(random.nextInt(log.size()));
                int from = fetched.getOrDefault(some, 0);
                int to = Math.min(log.get(some).size(), from + random.nextInt(5));
                log.get(some).subList(from, to).forEach(inStep::add);
                fetched.put(some, to);
                awaited.removeIf(partition ->
                        fetched.getOrDefault(partition, 0) == log.get(partition).size());
                came.addAll(all(inStep, awaited));
            }
            List<ConsumerRecord<byte[], byte[]>> expected = log.values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                    .toList();
            assertThat(came).as("seed %d", seed).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theOrderWithinAPartitionStaysThoughItsTimesFall() {
        InStep inStep = new InStep();
        inStep.add(record("a", 0, 50, 10));
        inStep.add(record("a", 1, 10, 10));
        inStep.add(record("b", 0, 20, 10));
        assertThat(all(inStep, Set.of()))
                .extracting(record -> record.topic() + record.offset())
                .containsExactly("b0", "a0", "a1");
    }

    @Test
    void aPartitionThatRunsAheadIsFullUntilTheOthersFollow() {
        TopicPartition ahead = new TopicPartition("a", 0);
        TopicPartition behind = new TopicPartition("b", 0);
        InStep inStep = new InStep();
        for (int offset = 0; offset < 5; offset++) {
            inStep.add(record("a", offset, offset, 1_000_000));
        }
        assertThat(inStep.next(Set.of(behind))).isEmpty();
        assertThat(inStep.full()).containsExactly(ahead);
        assertThat(all(inStep, Set.of())).hasSize(5);
        assertThat(inStep.full()).isEmpty();
    }

    @Test
    void manyPartitionsTogetherWaitForNoMoreThanOne() {
        InStep inStep = new InStep();
        for (int offset = 0; offset < 1_000; offset++) {
            for (int n = 0; n < 50; n++) {
                String topic = "t" + n;
                if (inStep.full().stream().noneMatch(full -> full.topic().equals(topic))) {
                    inStep.add(record(topic, offset, offset, 10_000));
                }
            }
        }
        assertThat(all(inStep, Set.of())).hasSizeBetween(400, 1_000);
    }

    private static List<ConsumerRecord<byte[], byte[]>> all(InStep inStep, Set<TopicPartition> awaited) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        Optional<ConsumerRecord<byte[], byte[]>> next = inStep.next(awaited);
        while (next.isPresent()) {
            all.add(next.get());
            next = inStep.next(awaited);
        }
        return all;
    }

    /** A few partitions whose times rise, no two alike. */
    private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log(Random random) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
        int partitions = 1 + random.nextInt(4);
        for (int i = 0; i < partitions; i++) {
            log.put(new TopicPartition("t" + i, 0), new ArrayList<>());
        }
        for (int n = random.nextInt(60); n > 0; n--) {
            String topic = "t" + random.nextInt(partitions);
            List<ConsumerRecord<byte[], byte[]>> of = log.get(new TopicPartition(topic, 0));
            of.add(record(topic, of.size(), 1_000 - n, 10));
        }
        return log;
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, long timestampMs, int bytes) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                timestampMs,
                TimestampType.LOG_APPEND_TIME,
                -1,
                bytes,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }
}
