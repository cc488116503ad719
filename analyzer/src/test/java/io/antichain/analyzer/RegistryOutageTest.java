package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry goes away under load, the analyzer starts again meanwhile. {@code -DoutageSeconds=60} for a long one. */
class RegistryOutageTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outageSeconds", 8));
    private static final int BURST = 20;
    private static final long BURST_EVERY_MS = 100;

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("outage.");
    private final Pairs pairs = new Pairs(Scope.ALL);
    private final GeneratedEvents generated = new GeneratedEvents(new Random(42), 4, 10);
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger publishedWithNewId = new AtomicInteger();
    private final ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private Map<String, Object> client;
    private AvroSerializer serializer;
    private int newId;
    private volatile boolean writesNewId;

    @Test
    void aRegistryThatIsAwayUnderLoadWhileTheAnalyzerStartsAgainDelaysButLosesNothing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
            int port = Integer.parseInt(registry.url().replaceAll(".*:", ""));
            client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
            new TestLog(client, topics).create(1);
            serializer = new AvroSerializer();
            serializer.configure(client, false);
            newId = register(registry.url());
            KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
            load.scheduleAtFixedRate(() -> publish(producer), 0, BURST_EVERY_MS, TimeUnit.MILLISECONDS);
            try (Analyzer analyzer = Analyzer.start(settings())) {
                await().atMost(LONG).until(() -> !conflicts().isEmpty());
                await().atMost(LONG).until(analyzer::ready);
                registry.close();
            }
            int before = published.get();
            try (Analyzer analyzer = Analyzer.start(settings())) {
                await().atMost(LONG).until(() -> ready(analyzer).contains("The schema registry does not answer"));
                await().during(OUTAGE).atMost(OUTAGE.plus(LONG)).until(() -> !analyzer.ready());
                assertThat(published).as("there is load").hasValueGreaterThan(before);
                int unread = StoredRecords.values(client, topics.conflicts()).size();
                try (EmbeddedRegistry back = EmbeddedRegistry.start(folder.resolve("registry"), port)) {
                    writesNewId = true;
                    await().atMost(LONG).until(() -> publishedWithNewId.get() > 10 * BURST);
                    load.shutdown();
                    assertThat(load.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
                    producer.close();
                    await().atMost(LONG)
                            .pollInterval(Duration.ofMillis(500))
                            .until(() -> reported() >= pairs.defined().size());
                    judge(analyzer, unread);
                }
            } finally {
                load.shutdownNow();
                producer.close();
            }
        }
    }

    private void judge(Analyzer analyzer, int unread) {
        List<Conflict> conflicts = conflicts();
        assertThat(pairs.named(conflicts)).isEqualTo(pairs.defined());
        assertThat(conflicts).extracting(Conflict::id).doesNotHaveDuplicates();
        assertThat(conflicts).hasSizeGreaterThan(unread);
        assertThat(StoredRecords.values(client, topics.deadLetters())).isEmpty();
        assertThat(StoredRecords.values(client, topics.anomalies())).isEmpty();
        await().atMost(LONG).until(analyzer::ready);
        assertThat(analyzer.failed()).isNotDone();
        System.out.printf(
                "registry outage: seconds=%d, published=%d, with a new id=%d, conflict records=%d before its end, %d"
                        + " after%n",
                OUTAGE.toSeconds(), published.get(), publishedWithNewId.get(), unread, conflicts.size());
    }

    /** One burst of a steady load, for which the publisher needs no registry. */
    private void publish(KafkaProducer<byte[], byte[]> producer) {
        List<Event> events = generated.with(BURST);
        for (Event event : events.subList(published.get(), events.size())) {
            byte[] value = serializer.serialize(topics.events(), WireCodec.toWire(event));
            if (writesNewId) {
                ByteBuffer.wrap(value).putInt(1, newId);
                publishedWithNewId.incrementAndGet();
            }
            producer.send(new ProducerRecord<>(topics.events(), null, value));
            pairs.published(event);
            published.incrementAndGet();
        }
    }

    private AnalyzerSettings settings() {
        return AnalyzerSettings.defaults(topics, client, folder.resolve("state"))
                .withPort(0);
    }

    private List<Conflict> conflicts() {
        return StoredRecords.conflicts(client, topics);
    }

    private long reported() {
        return conflicts().stream().mapToLong(Conflict::pairs).sum();
    }

    private String ready(Analyzer analyzer) throws Exception {
        URI ready = URI.create("http://localhost:" + analyzer.port() + "/health/ready");
        return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The event schema with another doc, under another subject: its id. */
    private int register(String url) throws Exception {
        String schema =
                io.antichain.wire.Event.getClassSchema().toString().replaceFirst("\"doc\":\"", "\"doc\":\"New. ");
        ObjectMapper json = new ObjectMapper();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects/another/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(Map.of("schema", schema))))
                .build();
        return json.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .get("id")
                .asInt();
    }
}
