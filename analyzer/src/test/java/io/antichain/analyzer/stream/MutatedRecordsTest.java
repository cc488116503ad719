package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.analyzer.log.MemoryEventLog;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.stream.MutatedRecords.Bad;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and lying records between good ones. {@code -Dmutated=1000000} for a long run: the surefire settings give the
 * memory.
 */
class MutatedRecordsTest {
    private static final String EVENTS = SimulatedTask.TOPICS.events();
    private static final int MUTATED = Integer.getInteger("mutated", 20_000);
    private static final long SEED = Long.getLong("seed", 5);
    private static final int CHUNK = 1_000;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final AvroSerializer serializer = new AvroSerializer();
    private final AvroDeserializer deserializer = new AvroDeserializer();
    private final Map<Dot, Event> byDot = new HashMap<>();
    private final Map<ProcessId, Event> latest = new HashMap<>();
    private final Map<MutatedRecords.Mutation, Integer> counts = new EnumMap<>(MutatedRecords.Mutation.class);
    private final MemoryEventLog log = new MemoryEventLog();
    private long pairs;
    private int mutated;

    @Test
    @SuppressWarnings("unchecked")
    void everyBadRecordIsNamedAndTheVerdictsOnTheGoodOnesAreExact() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder, 0)) {
            Map<String, Object> config = Map.of("schema.registry.url", registry.url());
            serializer.configure(config, false);
            deserializer.configure(config, false);
            MutatedRecords mutations = new MutatedRecords(serializer, EVENTS, random, 50);
            SimulatedTask task = new SimulatedTask(
                    log,
                    Scope.ALL,
                    10_000,
                    EngineLimits.DEFAULT,
                    (Serializer<Object>) (Serializer<?>) serializer,
                    deserializer);
            task.start();
            GeneratedEvents generated = new GeneratedEvents(random, 4, 3);
            int done = 0;
            while (mutated < MUTATED) {
                List<Event> events = generated.with(CHUNK);
                for (Event event : events.subList(done, events.size())) {
                    checkGood(task, event);
                    while (mutated < MUTATED && random.nextInt(2) == 0 && !latest.isEmpty()) {
                        checkBad(task, mutations);
                    }
                }
                done = events.size();
                log.forget(EVENTS);
            }
        }
        System.out.printf("mutated records: seed=%d, good=%d, pairs=%d, bad=%s%n", SEED, byDot.size(), pairs, counts);
        assertThat(pairs).isPositive();
        assertThat(counts.keySet()).containsExactlyInAnyOrder(MutatedRecords.Mutation.values());
    }

    private void checkGood(SimulatedTask task, Event event) {
        log.append(EVENTS, log.size(), serializer.serialize(EVENTS, WireCodec.toWire(event)));
        task.step();
        List<CapturedForward<? extends byte[], ? extends byte[]>> output = task.takeOutput();
        TreeSet<String> reported = new TreeSet<>();
        for (var forward : output) {
            assertThat(forward.childName()).as("seed %d: %s", SEED, event).contains(Output.CONFLICTS);
            Conflict conflict = WireCodec.fromWire((io.antichain.wire.Conflict)
                    deserializer.deserialize("", forward.record().value()));
            assertThat(conflict.event().dot()).isEqualTo(event.dot());
            assertThat(conflict.complete()).isTrue();
            conflict.runs().forEach(run -> expand(run, reported));
        }
        if (event.kind() == Event.Kind.MESSAGE) {
            TreeSet<String> defined = concurrent(event);
            assertThat(reported).as("seed %d: %s", SEED, event).isEqualTo(defined);
            pairs += defined.size();
            byDot.put(event.dot(), event);
            latest.put(event.process(), event);
        }
    }

    private static void expand(Run run, TreeSet<String> dots) {
        for (long counter = run.firstCounter(); counter <= run.lastCounter(); counter++) {
            dots.add(run.process() + ":" + counter);
        }
    }

    /** By the definition: what it does not know of each process, and what does not know it. */
    private TreeSet<String> concurrent(Event event) {
        TreeSet<String> dots = new TreeSet<>();
        latest.forEach((process, last) -> {
            long known = event.clock().orElseThrow().get(process);
            for (long counter = known + 1; counter <= last.counter(); counter++) {
                Event other = byDot.get(new Dot(process, counter));
                if (!process.equals(event.process())
                        && !other.clock().orElseThrow().includes(event.dot())) {
                    dots.add(other.dot().toString());
                }
            }
        });
        return dots;
    }

    private void checkBad(SimulatedTask task, MutatedRecords mutations) throws Exception {
        List<Event> lasts = new ArrayList<>(latest.values());
        Event last = lasts.get(random.nextInt(lasts.size()));
        long back = Math.max(1, last.counter() - random.nextInt(50));
        Event good = byDot.get(new Dot(last.process(), back));
        Bad bad = mutations.from(good, last);
        long offset = log.append(EVENTS, log.size(), bad.value());
        task.step();
        mutated++;
        counts.merge(bad.mutation(), 1, Integer::sum);
        List<CapturedForward<? extends byte[], ? extends byte[]>> output = task.takeOutput();
        if (output.isEmpty()) {
            assertThat(bad.mayBeSilent())
                    .as("seed %d, offset %d: %s", SEED, offset, bad)
                    .isTrue();
            return;
        }
        assertThat(output).as("seed %d, offset %d: %s", SEED, offset, bad).hasSize(1);
        var said = output.get(0);
        if (said.childName().orElseThrow().equals(Output.DEAD_LETTERS)) {
            assertThat(bad.reasons())
                    .as("seed %d, offset %d: %s", SEED, offset, bad)
                    .contains(header(said, "reason"));
            assertThat(header(said, "offset")).isEqualTo("" + offset);
        } else {
            assertThat(said.childName()).contains(Output.ANOMALIES);
            Anomaly anomaly = WireCodec.fromWire((io.antichain.wire.Anomaly)
                    deserializer.deserialize("", said.record().value()));
            assertThat(bad.reasons())
                    .as("seed %d, offset %d: %s", SEED, offset, bad)
                    .contains(anomaly.kind().name());
            anomaly.event().ifPresent(event -> assertThat(event.at().offset()).isEqualTo(offset));
        }
    }

    private static String header(CapturedForward<? extends byte[], ? extends byte[]> said, String name) {
        return new String(
                said.record().headers().lastHeader("antichain." + name).value(), StandardCharsets.UTF_8);
    }
}
