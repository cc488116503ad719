package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found may be larger than a record of Kafka may be. */
class LargeRecordsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int PROCESSES = 100;

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("large.");
    private TestCluster cluster;
    private Map<String, Object> client;
    private AvroSerializer serializer;
    private AvroDeserializer deserializer;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(folder);
        client = cluster.client();
        serializer = new AvroSerializer();
        serializer.configure(client, false);
        deserializer = new AvroDeserializer();
        deserializer.configure(client, false);
        new TestLog(client, topics).create(1);
    }

    @AfterEach
    void stop() {
        serializer.close();
        deserializer.close();
        cluster.close();
    }

    @Test
    void aConflictTooLargeForOneRecordIsInSeveralWithEachPairInOne() throws Exception {
        AnalyzerSettings settings = AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                .withPort(0)
                .withScope(Scope.KEY);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            publish(withLongNames());
            await().atMost(LONG)
                    .until(() ->
                            StoredRecords.conflicts(client, topics).stream().anyMatch(this::isLast)
                                    || isDone(analyzer));
            assertThat(analyzer.failed()).isNotDone();
        }
        List<Conflict> records = StoredRecords.conflicts(client, topics);
        assertThat(records).extracting(Conflict::id).doesNotHaveDuplicates();
        List<Conflict> parts = records.stream()
                .filter(record -> record.event().dot().process().equals(process(PROCESSES - 1)))
                .toList();
        assertThat(parts).hasSizeGreaterThan(1).allMatch(part -> part.parts() == parts.size());
        assertThat(parts).extracting(Conflict::part).isSorted();
        assertThat(parts).last().extracting(Conflict::id).asString().endsWith(":2/" + parts.size());
        assertThat(Conflict.joined(parts).siblings()).hasSize(PROCESSES);
        assertThat(records.stream().mapToLong(Conflict::pairs).sum()).isEqualTo(PROCESSES * (PROCESSES - 1L) / 2);
    }

    @Test
    void anAnomalyTooLargeForOneRecordLeavesTheClockOut() throws Exception {
        Map<ProcessId, Long> entries = new HashMap<>();
        // As wide as the broker takes.
        IntStream.range(0, 4_050).forEach(number -> entries.put(process(number), 1L));
        AnalyzerSettings settings = AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                .withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            publish(List.of(message(0, 1, VectorClock.of(entries), Optional.empty())));
            await().atMost(LONG).until(() -> !anomalies().isEmpty() || isDone(analyzer));
            assertThat(analyzer.failed()).isNotDone();
        }
        assertThat(anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.CLOCK_TOO_WIDE);
            assertThat(anomaly.evidence()).containsEntry("clockLeftOutEntries", "4050");
            assertThat(anomaly.event().orElseThrow().dot().counter()).isEqualTo(1);
        });
    }

    /** Each publishes what all then know; then all publish at once, about the longest of keys. */
    private static List<Event> withLongNames() {
        List<Event> events = new ArrayList<>();
        Map<ProcessId, Long> all = new HashMap<>();
        for (int number = 0; number < PROCESSES; number++) {
            events.add(message(number, 1, VectorClock.of(Map.of(process(number), 1L)), Optional.empty()));
            all.put(process(number), 1L);
        }
        Optional<String> key = Optional.of("ключ".repeat(Event.MAX_KEY_LENGTH / 4));
        for (int number = 0; number < PROCESSES; number++) {
            events.add(message(number, 2, VectorClock.of(all).tick(process(number)), key));
        }
        return events;
    }

    private static Event message(int number, long counter, VectorClock clock, Optional<String> key) {
        return new Event(
                process(number), counter, Optional.of(clock), LamportTimestamp.ZERO, key, "", 0, Event.Kind.MESSAGE);
    }

    private static ProcessId process(int number) {
        return ProcessId.of("x".repeat(ProcessId.MAX_NAME_LENGTH - 4) + (1_000 + number));
    }

    private boolean isLast(Conflict record) {
        return record.event().dot().process().equals(process(PROCESSES - 1)) && record.part() == record.parts();
    }

    private static boolean isDone(Analyzer analyzer) {
        return analyzer.failed().isDone();
    }

    private void publish(List<Event> events) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Event event : events) {
                byte[] value = serializer.serialize(topics.events(), WireCodec.toWire(event));
                producer.send(new ProducerRecord<>(topics.events(), null, value));
            }
        }
    }

    private List<Anomaly> anomalies() {
        return StoredRecords.values(client, topics.anomalies()).stream()
                .map(value -> WireCodec.fromWire(
                        (io.antichain.wire.Anomaly) deserializer.deserialize(topics.anomalies(), value)))
                .toList();
    }
}
