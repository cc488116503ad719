package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.TestLog;
import io.antichain.analyzer.decode.CountedPatience;
import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.log.MemoryEventLog;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.restore.Restorations;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.DeadLetterHeaders;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerTopologyTest {
    private static final Topics TOPICS = new Topics("test.");

    @TempDir
    private Path folder;

    private final CountedPatience patience = new CountedPatience();
    private final MemoryEventLog log = new MemoryEventLog();
    private EmbeddedRegistry registry;
    private AvroSerializer serializer;
    private AvroDeserializer deserializer;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        Map<String, Object> config = Map.of("schema.registry.url", registry.url(), "antichain.registry.retries", 0);
        serializer = new AvroSerializer();
        serializer.configure(config, false);
        deserializer = new AvroDeserializer();
        deserializer.configure(config, false);
        startDriver("topic-id", folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void hasTheShapeThatTheDesignShows() {
        assertThat(topology("topic-id").describe().toString())
                .isEqualTo(
                        """
                        Topologies:
                           Sub-topology: 0
                            Source: events (topics: [test.events])
                              --> order
                            Processor: order (stores: [state])
                              --> anomalies, conflicts, dead-letters
                              <-- events
                            Sink: anomalies (topic: test.anomalies)
                              <-- order
                            Sink: conflicts (topic: test.conflicts)
                              <-- order
                            Sink: dead-letters (topic: test.dead-letters)
                              <-- order

                        """);
    }

    @Test
    void aMessageThatIsConcurrentWithEarlierOnesGetsARecord() {
        send(TestLog.message("a", 1, "{a=1}"));
        send(TestLog.message("b", 1, "{a=1, b=1}"));
        send(TestLog.message("c", 1, "{c=1}"));
        List<Conflict> conflicts = conflicts();
        assertThat(conflicts).hasSize(1);
        assertThat(conflicts.get(0).id()).isEqualTo("all/c:1");
        assertThat(conflicts.get(0).status()).isEqualTo(Conflict.Status.CONCURRENT);
        assertThat(conflicts.get(0).complete()).isTrue();
        assertThat(conflicts.get(0).runs())
                .containsExactly(
                        new Run(
                                ProcessId.of("a"),
                                1,
                                1,
                                new Position(TOPICS.events(), 0, 0),
                                new Position(TOPICS.events(), 0, 0),
                                1,
                                0,
                                List.of()),
                        new Run(
                                ProcessId.of("b"),
                                1,
                                1,
                                new Position(TOPICS.events(), 0, 1),
                                new Position(TOPICS.events(), 0, 1),
                                1,
                                0,
                                List.of()));
    }

    @Test
    void orderedMessagesGetNone() {
        send(TestLog.message("a", 1, "{a=1}"));
        send(TestLog.message("b", 1, "{a=1, b=1}"));
        send(TestLog.message("a", 2, "{a=2, b=1}"));
        assertThat(conflicts()).isEmpty();
        assertThat(anomalies()).isEmpty();
    }

    @Test
    void aBrokenRecordIsSetAsideAsItWasAndTheRestGoesOn() {
        send(TestLog.message("a", 1, "{a=1}"));
        TestRecord<byte[], byte[]> broken = new TestRecord<>(bytes("key"), bytes("no Avro"));
        broken.headers().add("own", bytes("header"));
        input.pipeInput(broken);
        send(TestLog.message("b", 1, "{b=1}"));
        List<TestRecord<byte[], byte[]>> dead = deadLetters();
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).value()).isEqualTo(bytes("no Avro"));
        assertThat(dead.get(0).key()).isEqualTo(bytes("key"));
        assertThat(header(dead.get(0), "own")).isEqualTo("header");
        assertThat(header(dead.get(0), "antichain.reason")).isEqualTo("NOT_FRAMED");
        assertThat(header(dead.get(0), "antichain.topic")).isEqualTo("test.events");
        assertThat(header(dead.get(0), "antichain.partition")).isEqualTo("0");
        assertThat(header(dead.get(0), "antichain.offset")).isEqualTo("1");
        assertThat(conflicts()).hasSize(1);
    }

    @Test
    void aRecordOfAnotherSchemaIsSetAside() {
        input.pipeInput(serializer.serialize(
                "other", WireCodec.toWire(new Anomaly(Anomaly.Kind.GAP, Optional.empty(), "A sentence.", Map.of()))));
        assertThat(header(deadLetters().get(0), "antichain.reason")).isEqualTo("WRONG_SCHEMA");
    }

    @Test
    void aValueTooLargeForATopicIsCutAndSaysSo() {
        input.pipeInput(new byte[DeadLetterHeaders.MAX_BYTES + 5]);
        TestRecord<byte[], byte[]> dead = deadLetters().get(0);
        assertThat(dead.value()).hasSize(DeadLetterHeaders.MAX_BYTES);
        assertThat(header(dead, "antichain.cut-from-bytes")).isEqualTo("" + (DeadLetterHeaders.MAX_BYTES + 5));
    }

    @Test
    void anImpossibleClockIsAnAnomalyAndChangesNoVerdict() {
        send(TestLog.message("a", 1, "{a=7}"));
        send(TestLog.message("b", 1, "{b=1}"));
        assertThat(anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.OWN_ENTRY_MISMATCH);
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void aRepeatedMessageIsADuplicateAndReportedOnce() {
        send(TestLog.message("a", 1, "{a=1}"));
        send(TestLog.message("b", 1, "{b=1}"));
        send(TestLog.message("b", 1, "{b=1}"));
        assertThat(conflicts()).hasSize(1);
        assertThat(anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.DUPLICATE);
    }

    @Test
    void aProcessWithoutVectorClocksIsNamedOnceAMinuteOfLogTime() {
        Event clockless = new Event(
                ProcessId.of("l"),
                1,
                Optional.empty(),
                new LamportTimestamp(1),
                Optional.empty(),
                "",
                0,
                Event.Kind.MESSAGE);
        byte[] value = serializer.serialize(TOPICS.events(), WireCodec.toWire(clockless));
        for (long seconds : List.of(0L, 1L, 59L, 61L)) {
            input.pipeInput(null, value, 1_000 * seconds);
        }
        assertThat(anomalies())
                .extracting(Anomaly::kind)
                .containsExactly(Anomaly.Kind.NO_VECTOR_CLOCK, Anomaly.Kind.NO_VECTOR_CLOCK);
    }

    @Test
    void aRegistryThatIsAwayIsAwaitedAndNothingIsSetAside() {
        send(TestLog.message("a", 1, "{a=1}"));
        byte[] value = serializer.serialize(TOPICS.events(), WireCodec.toWire(TestLog.message("b", 1, "{b=1}")));
        int port = Integer.parseInt(registry.url().replaceAll(".*:", ""));
        registry.close();
        AvroDeserializer fresh = new AvroDeserializer();
        fresh.configure(Map.of("schema.registry.url", registry.url(), "antichain.registry.retries", 0), false);
        patience.onWait = () -> {
            if (patience.waits.size() == 3) {
                registry = EmbeddedRegistry.start(folder.resolve("registry"), port);
            }
        };
        Decoded decoded = new EventDecoder(
                        fresh, List.of(TOPICS.events()), new Gateway(10), patience, EventDecoder.NO_PAYLOADS)
                .decode(TOPICS.events(), null, value, new RecordHeaders(), 0, false);
        assertThat(decoded).isInstanceOf(Decoded.Admitted.class);
        assertThat(patience.waits)
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(io.antichain.schemas.codec.DecodingException.Failure.REGISTRY_UNAVAILABLE);
    }

    @Test
    void anUnknownSchemaIdIsDoubtedForTheGraceTimeAndThenBelieved() {
        input.pipeInput(ByteBuffer.allocate(9).putInt(1, 4711).array());
        assertThat(patience.nowMs()).isBetween(10_000L, 10_400L);
        input.pipeInput(ByteBuffer.allocate(9).putInt(1, 4711).array());
        assertThat(patience.nowMs()).as("the second time without waiting").isLessThanOrEqualTo(10_400L);
        assertThat(deadLetters())
                .extracting(dead -> header(dead, "antichain.reason"))
                .containsExactly("UNKNOWN_ID", "UNKNOWN_ID");
    }

    private void startDriver(String topicId, Path state) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(topology(topicId), config);
        input = driver.createInputTopic(TOPICS.events(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Topology topology(String topicId) {
        return AnalyzerTopology.direct(TOPICS, TOPICS.events(), () -> processor(topicId));
    }

    @SuppressWarnings("unchecked")
    private OrderProcessor processor(String topicId) {
        return new OrderProcessor(
                new OrderProcessor.Setting(
                        TOPICS.events(),
                        true,
                        List.of(TOPICS.events()),
                        List.of(topicId),
                        false,
                        Scope.ALL,
                        EngineLimits.DEFAULT,
                        AnalyzerLimits.DEFAULT_STORE_EVERY,
                        log,
                        new Restorations(patience),
                        new AnalyzerMetrics(new SimpleMeterRegistry())),
                new EventDecoder(
                        deserializer,
                        List.of(TOPICS.events()),
                        new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH),
                        patience,
                        EventDecoder.NO_PAYLOADS),
                new ConflictEncoder((Serializer<Object>) (Serializer<?>) serializer, TOPICS, patience));
    }

    private void send(Event event) {
        input.pipeInput(serializer.serialize(TOPICS.events(), WireCodec.toWire(event)));
    }

    private List<Conflict> conflicts() {
        return output(TOPICS.conflicts()).stream()
                .map(record -> conflict(record.value()))
                .toList();
    }

    private Conflict conflict(byte[] value) {
        return WireCodec.fromWire((io.antichain.wire.Conflict) deserializer.deserialize(TOPICS.conflicts(), value));
    }

    private List<Anomaly> anomalies() {
        return values(TOPICS.anomalies()).stream()
                .map(value -> WireCodec.fromWire((io.antichain.wire.Anomaly) value))
                .toList();
    }

    private List<SpecificRecord> values(String topic) {
        return output(topic).stream()
                .map(record -> deserializer.deserialize(topic, record.value()))
                .toList();
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return output(TOPICS.deadLetters());
    }

    private List<TestRecord<byte[], byte[]>> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
