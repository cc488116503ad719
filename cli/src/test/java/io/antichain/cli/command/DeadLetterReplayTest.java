package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.cli.kafka.TopicReader;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeadLetterReplayTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private Cluster cluster;

    @Test
    void deadLettersComeBackOnceWhenTheirSchemaIsKnownAndTheRestIsLeft() throws Exception {
        try (EmbeddedBroker startedBroker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry startedRegistry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            broker = startedBroker;
            registry = startedRegistry;
            cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics("letters."));
            new TopicCreation(cluster, 1, (short) 1).run();
            AnalyzerLimits limits = AnalyzerLimits.DEFAULT;
            AnalyzerSettings settings = AnalyzerSettings.defaults(
                            cluster.topics(), cluster.client(), folder.resolve("state"))
                    .withPort(0)
                    .withLimits(new AnalyzerLimits(
                            limits.engine(), limits.maxClockWidth(), 300, limits.storeEvery(), limits.reader()));
            try (Analyzer analyzer = Analyzer.start(settings)) {
                checkReplay();
                assertThat(analyzer.failed()).isNotDone();
            }
        }
    }

    private void checkReplay() throws Exception {
        int foreignId = 40;
        publish(message("a", "{a=1}"));
        publish(withSchemaId(message("b", "{b=1}"), foreignId));
        publish(new byte[60_000], withSchemaId(message("c", "{c=1}"), foreignId));
        publish("no Avro".getBytes(StandardCharsets.UTF_8));
        await().atMost(LONG).until(() -> count(cluster.topics().deadLetters()) == 3);
        assertThat(replay()).startsWith("Fed back 0 dead letters.").contains("Left 1: still NOT_FRAMED.", "UNKNOWN_ID");
        registerUpTo(foreignId);
        assertThat(replay())
                .startsWith("Fed back 1 dead letters.")
                .contains("Left 1: still NOT_FRAMED.", "Left 1: it was cut because it was too large.");
        await().atMost(LONG).until(() -> new StoredLog(cluster).conflicts().size() == 1);
        assertThat(new StoredLog(cluster).conflicts()).extracting(Conflict::id).containsExactly("all/b:1");
        assertThat(replay())
                .startsWith("Fed back 0 dead letters.")
                .contains("1 had been fed back before.", "Left 1: still NOT_FRAMED.");
        assertThat(count(cluster.topics().events())).isEqualTo(5);
    }

    private String replay() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = AntichainCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        int exit = commandLine.execute(
                "replay",
                "--dead-letters",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--schema-registry-url",
                registry.url(),
                "--topic-prefix",
                cluster.topics().prefix());
        assertThat(exit).isZero();
        return out.toString();
    }

    private int count(String topic) {
        AtomicInteger count = new AtomicInteger();
        new TopicReader(cluster).readToEnd(topic, (value, partition, offset, logTimeMs) -> count.incrementAndGet());
        return count.get();
    }

    private void publish(byte[] value) throws Exception {
        publish(null, value);
    }

    private void publish(byte[] key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(cluster.topics().events(), key, value))
                    .get();
        }
    }

    private byte[] message(String process, String clock) {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(cluster.client(), false);
            return serializer.serialize(
                    cluster.topics().events(),
                    WireCodec.toWire(new Event(
                            ProcessId.of(process),
                            1,
                            Optional.of(VectorClock.parse(clock)),
                            new LamportTimestamp(1),
                            Optional.empty(),
                            "",
                            0,
                            Event.Kind.MESSAGE)));
        }
    }

    private static byte[] withSchemaId(byte[] value, int id) {
        ByteBuffer.wrap(value).putInt(1, id);
        return value;
    }

    /** Registers the event schema under other names until its id is this one. */
    private void registerUpTo(int id) throws Exception {
        String schema = io.antichain.wire.Event.getClassSchema().toString();
        for (int i = 0; i < id; i++) {
            String variant = schema.replaceFirst("\"doc\":\"", "\"doc\":\"" + i + " ");
            String body =
                    new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(Map.of("schema", variant));
            String answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/s" + i + "/versions"))
                                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            if (answer.equals("{\"id\":" + id + "}")) {
                return;
            }
        }
        throw new AssertionError("no schema got the id " + id);
    }
}
