package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.analyzer.log.MemoryEventLog;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.codec.DecodingException.Failure;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task that is lost at any moment says in the end exactly what one says that never was. */
class RestartTest {
    private static final String EVENTS = SimulatedTask.TOPICS.events();
    private static final int STORE_EVERY = 25;

    @TempDir
    private static Path folder;

    private static EmbeddedRegistry registry;
    private static AvroSerializer serializer;
    private static AvroDeserializer deserializer;

    private final MemoryEventLog log = new MemoryEventLog();

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.start(folder, 0);
        Map<String, Object> config = Map.of("schema.registry.url", registry.url());
        serializer = new AvroSerializer();
        serializer.configure(config, false);
        deserializer = new AvroDeserializer();
        deserializer.configure(config, false);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aTaskThatIsLostAtAnyMomentSaysWhatAnUndisturbedOneSays(Scope scope) {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            MemoryEventLog written = randomLog(random);
            EngineLimits limits = EngineLimits.DEFAULT.withWindow(5 + random.nextInt(300));
            SimulatedTask undisturbed = task(written, scope, STORE_EVERY, limits);
            undisturbed.start();
            while (undisturbed.step()) {}
            undisturbed.commit();
            SimulatedTask disturbed = task(written, scope, STORE_EVERY, limits);
            disturbed.start();
            while (disturbed.step()) {
                if (random.nextInt(10) == 0) {
                    disturbed.commit();
                } else if (random.nextInt(25) == 0) {
                    disturbed.start();
                }
            }
            disturbed.commit();
            assertThat(disturbed.committed())
                    .as("seed %d, scope %s", seed, scope)
                    .isEqualTo(undisturbed.committed())
                    .isNotEmpty();
        }
    }

    @Test
    void aRestartReadsTheWindowAndWhatFollowsTheStoredStateAndNoMore() {
        publish(new GeneratedEvents(new Random(7), 3, 1).with(2_000));
        SimulatedTask task = task(log, Scope.ALL, STORE_EVERY, EngineLimits.DEFAULT.withWindow(200));
        run(task, 1_500);
        task.commit();
        log.readFrom.clear();
        task.start();
        run(task, 1);
        assertThat(log.readFrom.stream().mapToLong(from -> from).min().orElseThrow())
                .isBetween(1_500L - STORE_EVERY - 200, 1_500L - 200);
    }

    @Test
    void aRestorationThatTakesLongerThanAThreadMayBeSilentIsContinuedByTheNext() {
        publish(new GeneratedEvents(new Random(8), 3, 1).with(3_000));
        SimulatedTask undisturbed = task(log, Scope.ALL, 10_000, EngineLimits.DEFAULT);
        undisturbed.start();
        while (undisturbed.step()) {}
        undisturbed.commit();
        SimulatedTask slow = task(log, Scope.ALL, 10_000, EngineLimits.DEFAULT);
        run(slow, 2_900);
        slow.commit();
        log.onRead = () -> slow.patience.await(Failure.REGISTRY_UNAVAILABLE, Duration.ofSeconds(15));
        slow.start();
        while (slow.step()) {}
        slow.commit();
        assertThat(slow.unfinished()).as("29 batches of 15 s, 120 s a slice").isBetween(3, 4);
        assertThat(slow.committed()).isEqualTo(undisturbed.committed());
    }

    @Test
    void whatRetentionTookIsAGapAndMakesRecordsIncompleteWhereItMatters() {
        long incomplete = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            MemoryEventLog written = new MemoryEventLog();
            publish(written, new GeneratedEvents(random, 3, 1).with(200));
            SimulatedTask undisturbed = task(written, Scope.ALL);
            undisturbed.start();
            while (undisturbed.step()) {}
            undisturbed.commit();
            Map<String, Conflict> whole = conflicts(undisturbed).stream()
                    .collect(java.util.stream.Collectors.toMap(Conflict::id, conflict -> conflict));
            SimulatedTask task = task(written, Scope.ALL);
            run(task, 130);
            task.commit();
            written.earliest = 110 + random.nextInt(20);
            task.start();
            int before = task.committed().size();
            while (task.step()) {}
            task.commit();
            assertThat(anomalies(task)).as("seed %d", seed).allSatisfy(anomaly -> assertThat(anomaly.sentence())
                    .contains("topic=test.events, partition=0, missing offsets="));
            List<Conflict> later =
                    conflicts(task.committed().subList(before, task.committed().size()));
            assertThat(later)
                    .as("seed %d", seed)
                    .filteredOn(Conflict::complete)
                    .allMatch(conflict -> conflict.equals(whole.get(conflict.id())));
            incomplete += later.stream().filter(c -> !c.complete()).count();
        }
        assertThat(incomplete).isPositive();
    }

    @Test
    void retentionThatDeletesAFewRecordsUnderARunningTaskIsNoticedWithinASecond() {
        publish(new GeneratedEvents(new Random(11), 3, 1).with(200));
        SimulatedTask task = task(log, Scope.ALL);
        run(task, 100);
        task.lose(3);
        task.step();
        task.tick();
        task.commit();
        int before = task.committed().size();
        while (task.step()) {}
        task.commit();
        assertThat(conflicts(task.committed().subList(before, task.committed().size())))
                .as("what the three were is not known")
                .isNotEmpty()
                .noneMatch(Conflict::complete);
        assertThat(anomalies(task))
                .extracting(Anomaly::sentence)
                .anyMatch(sentence -> sentence.contains("topic=test.events, partition=0, missing offsets=100..102;"));
    }

    @Test
    void aJumpThatRetentionHasNoPartInIsNone() {
        publish(new GeneratedEvents(new Random(11), 3, 1).with(100));
        SimulatedTask task = task(log, Scope.ALL);
        run(task, 50);
        task.lose(0);
        task.step();
        task.tick();
        task.commit();
        assertThat(anomalies(task)).isEmpty();
    }

    @Test
    void overALogWhoseBeginningIsGoneNoRecordIsCalledCompleteThatIsNot() {
        long incomplete = 0;
        for (long seed = 1; seed <= 30; seed++) {
            MemoryEventLog written = new MemoryEventLog();
            publish(written, new GeneratedEvents(new Random(seed), 3, 1).with(200));
            SimulatedTask whole = task(written, Scope.ALL);
            whole.start();
            while (whole.step()) {}
            whole.commit();
            Map<String, Conflict> all = conflicts(whole).stream()
                    .collect(java.util.stream.Collectors.toMap(Conflict::id, conflict -> conflict));
            SimulatedTask late = task(written, Scope.ALL);
            late.start();
            late.lose(60);
            while (late.step()) {}
            late.commit();
            assertThat(conflicts(late))
                    .as("seed %d", seed)
                    .filteredOn(Conflict::complete)
                    .allMatch(conflict ->
                            conflict.pairs() == all.get(conflict.id()).pairs());
            incomplete += conflicts(late).stream().filter(c -> !c.complete()).count();
        }
        assertThat(incomplete).isPositive();
    }

    @Test
    void aRecreatedTopicIsRefusedUnlessItIsAccepted() {
        publish(new GeneratedEvents(new Random(10), 2, 1).with(50));
        SimulatedTask task = task(log, Scope.ALL);
        run(task, 30);
        task.commit();
        task.topicId = "another";
        assertThatThrownBy(task::start)
                .isInstanceOf(TopicRecreatedException.class)
                .hasMessageContaining("ids=another, before=id; begin again with --accept-new-topic");
        task.acceptNewTopic = true;
        task.start();
        while (task.step()) {}
        task.commit();
        task.acceptNewTopic = false;
        task.start();
    }

    /** Good events with broken, forged and clockless ones between them. */
    private MemoryEventLog randomLog(Random random) {
        MemoryEventLog mixed = new MemoryEventLog();
        long timeMs = 0;
        for (Event event : new GeneratedEvents(random, 1 + random.nextInt(5), 1 + random.nextInt(4)).with(250)) {
            timeMs += random.nextInt(2_000);
            byte[] value = serializer.serialize(EVENTS, WireCodec.toWire(event));
            mixed.append(EVENTS, timeMs, value);
            switch (random.nextInt(12)) {
                case 0 -> mixed.append(EVENTS, timeMs, value);
                case 1 -> mixed.append(EVENTS, timeMs, "no Avro".getBytes(StandardCharsets.UTF_8));
                case 2 -> mixed.append(EVENTS, timeMs, clockless(event));
                default -> {}
            }
        }
        return mixed;
    }

    private static byte[] clockless(Event event) {
        return serializer.serialize(
                EVENTS,
                WireCodec.toWire(new Event(
                        event.process(),
                        event.counter(),
                        java.util.Optional.empty(),
                        event.lamport(),
                        event.key(),
                        event.payload(),
                        0,
                        event.kind())));
    }

    private void publish(List<Event> events) {
        publish(log, events);
    }

    private static void publish(MemoryEventLog log, List<Event> events) {
        events.forEach(event -> log.append(EVENTS, 0, serializer.serialize(EVENTS, WireCodec.toWire(event))));
    }

    private static void run(SimulatedTask task, int records) {
        task.start();
        for (int i = 0; i < records; i++) {
            task.step();
        }
    }

    private static SimulatedTask task(MemoryEventLog log, Scope scope) {
        return task(log, scope, STORE_EVERY, EngineLimits.DEFAULT);
    }

    @SuppressWarnings("unchecked")
    private static SimulatedTask task(MemoryEventLog log, Scope scope, int storeEvery, EngineLimits limits) {
        return new SimulatedTask(
                log, scope, storeEvery, limits, (Serializer<Object>) (Serializer<?>) serializer, deserializer);
    }

    private static List<Conflict> conflicts(SimulatedTask task) {
        return conflicts(task.committed());
    }

    private static List<Conflict> conflicts(List<SimulatedTask.Emitted> committed) {
        return committed.stream()
                .filter(emitted -> emitted.sink().equals(Output.CONFLICTS))
                .map(emitted -> WireCodec.fromWire((io.antichain.wire.Conflict)
                        deserializer.deserialize("", emitted.value().get())))
                .toList();
    }

    private static List<Anomaly> anomalies(SimulatedTask task) {
        return task.committed().stream()
                .filter(emitted -> emitted.sink().equals(Output.ANOMALIES))
                .map(emitted -> WireCodec.fromWire((io.antichain.wire.Anomaly)
                        deserializer.deserialize("", emitted.value().get())))
                .toList();
    }
}
