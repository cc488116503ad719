package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that wait while an engine is restored are all judged, however long that takes. A restoration that was broken off with
 * Kafka Streams' TaskCorruptedException lost those that had been polled: the task was made anew, and its consumer did not go back
 * to what was committed (4.3.1).
 */
class SlowRestorationTest {
    private static final int READ_BEFORE = 3_000;
    private static final int WAITING = 500;
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final AtomicLong SLOW_POLLS = new AtomicLong();

    @TempDir
    private Path folder;

    /** Makes a restoration take some 6 s. */
    public static final class SlowReading
            implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {
        private boolean isInGroup;

        @Override
        public void configure(Map<String, ?> settings) {
            isInGroup = settings.get("group.id") != null;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            if (!isInGroup && Thread.currentThread().getName().endsWith("StreamThread-1")) {
                SLOW_POLLS.incrementAndGet();
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception failure) {}

        @Override
        public void close() {}
    }

    @Test
    void whatWaitsWhileAnEngineIsRestoredIsJudged() throws Exception {
        try (TestCluster cluster = TestCluster.start(folder)) {
            Topics topics = new Topics("slow.");
            TestLog log = new TestLog(cluster.client(), topics);
            log.create(1);
            List<Event> events = new GeneratedEvents(new Random(20261128), 4, 1).with(READ_BEFORE + WAITING);
            Pairs pairs = new Pairs(Scope.ALL);
            events.forEach(pairs::published);
            log.publish(topics.events(), 0, events.subList(0, READ_BEFORE));
            Map<String, Object> client = new HashMap<>(cluster.client());
            try (Analyzer first = Analyzer.start(settings(topics, client))) {
                awaitConflict(client, topics, events.get(READ_BEFORE - 1));
                assertThat(first.failed()).isNotDone();
            }
            log.publish(topics.events(), 0, events.subList(READ_BEFORE, events.size()));
            client.put("max.poll.records", 100);
            client.put("interceptor.classes", SlowReading.class.getName());
            try (Analyzer second = Analyzer.start(settings(topics, client))) {
                awaitConflict(cluster.client(), topics, events.get(events.size() - 1));
                assertThat(SLOW_POLLS).hasValueGreaterThanOrEqualTo(READ_BEFORE / 100);
                assertThat(second.failed()).isNotDone();
            }
            List<Conflict> conflicts = StoredRecords.conflicts(cluster.client(), topics);
            assertThat(conflicts).extracting(Conflict::id).doesNotHaveDuplicates();
            Set<String> missing = new TreeSet<>(pairs.defined());
            missing.removeAll(pairs.named(conflicts));
            assertThat(missing).isEmpty();
            assertThat(pairs.named(conflicts)).hasSameSizeAs(pairs.defined()).isNotEmpty();
        }
    }

    private AnalyzerSettings settings(Topics topics, Map<String, Object> client) {
        return AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                .withPort(0);
    }

    /** Nothing is missing before it: records are judged in the order of the log. */
    private static void awaitConflict(Map<String, Object> client, Topics topics, Event event) {
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> StoredRecords.conflicts(client, topics).stream()
                        .anyMatch(conflict -> conflict.event().dot().equals(event.dot())));
    }
}
