package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.analyzer.http.Calls;
import io.antichain.analyzer.reader.ViewLimits;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What an analyzer answers about what stands in topics. */
class ReaderTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static TestCluster cluster;
    private static Map<String, Object> client;

    private Topics topics;
    private TestLog log;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder);
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        log = new TestLog(client, topics);
    }

    @Test
    void ofALongHistoryTheNewestAreHeldAndNoMoreIsRead() throws Exception {
        log.create(1);
        List<Event> events = new GeneratedEvents(new Random(1), 4, 5).with(3_000);
        log.publish(topics.events(), 0, events);
        try (Analyzer analyzer = Analyzer.start(settings().withLimits(limits(200)))) {
            Calls calls = through(analyzer);
            assertThat(calls.json("/summary").at("/events/held").asInt()).isEqualTo(200);
            assertThat(calls.json("/summary").at("/events/seen").asInt()).isEqualTo(400);
            Event newest = events.get(events.size() - 1);
            assertThat(calls.json("/events?limit=1").at("/events/0/dot").asText())
                    .isEqualTo(newest.dot().toString());
            assertThat(calls.get("/events/node-1:1").statusCode()).isEqualTo(404);
            assertThat(calls.get("/events/node-1:1").body())
                    .contains("event=node-1:1, first in view=", "Gone from view");
        }
    }

    @Test
    void heartbeatsInTheLogsOfEarlierVersionsAreSkipped() throws Exception {
        log.create(1);
        List<Event> events = new ArrayList<>(new GeneratedEvents(new Random(6), 4, 5).with(40));
        Event last = events.get(events.size() - 1);
        events.add(new Event(
                last.process(),
                last.counter(),
                last.clock(),
                last.lamport(),
                Optional.empty(),
                "",
                0,
                Event.Kind.HEARTBEAT));
        log.publish(topics.events(), 0, events);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            assertThat(through(analyzer).json("/summary").at("/events/seen").asInt())
                    .isEqualTo(40);
        }
    }

    @Test
    void severalPartitionsAreOneViewAndOpenKeysAreTheirSiblings() throws Exception {
        log.create(3);
        List<Event> events = new ArrayList<>(new GeneratedEvents(new Random(2), 4, 9).with(598));
        events.add(unaware("x", "key-1"));
        events.add(unaware("y", "key-1"));
        for (int partition = 0; partition < 3; partition++) {
            log.publish(topics.events(), partition, ofPartition(events, partition));
        }
        try (Analyzer analyzer = Analyzer.start(settings().withScope(Scope.KEY))) {
            Calls calls = through(analyzer);
            assertThat(calls.json("/summary").at("/events/held").asInt()).isEqualTo(600);
            JsonNode keys = calls.json("/keys?limit=1000");
            assertThat(keys.get("total").asInt()).isPositive().isEqualTo(open(events));
            await().atMost(LONG).until(() -> calls.json("/summary").get("lag").asLong() == 0);
            for (JsonNode open : keys.get("keys")) {
                String path = "/keys/" + open.get("key").asText();
                await().atMost(LONG)
                        .until(() -> calls.json(path).get("conflicts").size() > 0);
                await().atMost(LONG).untilAsserted(() -> assertThat(
                                siblings(calls.json(path).at("/conflicts/0")))
                        .containsExactlyInAnyOrderElementsOf(siblings(open)));
            }
        }
    }

    /** A process's first message, which knows nothing. */
    private static Event unaware(String process, String key) {
        return new Event(
                ProcessId.of(process),
                1,
                Optional.of(VectorClock.parse("{" + process + "=1}")),
                new LamportTimestamp(1),
                Optional.of(key),
                "",
                0,
                Event.Kind.MESSAGE);
    }

    /** Heartbeats go everywhere, messages by key. */
    private static List<Event> ofPartition(List<Event> events, int partition) {
        return events.stream()
                .filter(event ->
                        event.key().isEmpty() || Math.floorMod(event.key().get().hashCode(), 3) == partition)
                .toList();
    }

    /** How many keys have maximal events that are concurrent. */
    private static long open(List<Event> events) {
        return events.stream()
                .flatMap(event -> event.key().stream())
                .distinct()
                .filter(key -> events.stream()
                                .filter(event -> event.key().isPresent()
                                        && event.key().get().equals(key)
                                        && events.stream()
                                                .noneMatch(later -> later.key().equals(event.key())
                                                        && later != event
                                                        && later.clock()
                                                                .orElseThrow()
                                                                .includes(event.dot())))
                                .count()
                        > 1)
                .count();
    }

    private static List<String> siblings(JsonNode of) {
        List<String> siblings = new ArrayList<>();
        of.get("siblings").forEach(event -> siblings.add(event.get("process").asText() + ":" + event.get("counter")));
        return siblings;
    }

    @Test
    void mirroredTopicsAreOneViewWithoutDuplicates() throws Exception {
        String mirror = topics.prefix() + "east.events";
        log.create(1, mirror);
        List<Event> events = new GeneratedEvents(new Random(3), 2, 5).with(100);
        log.publish(topics.events(), 0, events);
        log.publish(mirror, 0, events.subList(0, 20));
        try (Analyzer analyzer = Analyzer.start(settings().withEventsTopics(List.of(topics.events(), mirror)))) {
            Calls calls = through(analyzer);
            assertThat(calls.json("/summary").at("/events/held").asInt()).isEqualTo(100);
            assertThat(calls.json("/events").at("/events/0/topic").asText()).isIn(topics.events(), mirror);
            int own = calls.json("/events?limit=1000&topic=" + topics.events())
                    .get("events")
                    .size();
            int mirrored = calls.json("/events?limit=1000&topic=" + mirror)
                    .get("events")
                    .size();
            assertThat(own).isBetween(80, 100);
            assertThat(mirrored).isEqualTo(100 - own);
        }
    }

    @Test
    void whatIsBrokenOrImpossibleIsTold() throws Exception {
        log.create(1);
        List<Event> events = new GeneratedEvents(new Random(4), 2, 5).with(10);
        log.publish(topics.events(), 0, events);
        log.publishBytes(topics.events(), 0, List.of("no Avro".getBytes(StandardCharsets.UTF_8)));
        log.publish(topics.events(), 0, events.subList(events.size() - 1, events.size()));
        try (Analyzer analyzer = Analyzer.start(settings())) {
            Calls calls = through(analyzer);
            await().atMost(LONG)
                    .until(() -> calls.json("/dead-letters").get("deadLetters").size() == 1
                            && calls.json("/anomalies").get("anomalies").size() == 1);
            JsonNode letter = calls.json("/dead-letters").at("/deadLetters/0");
            assertThat(letter.get("reason").asText()).isEqualTo("NOT_FRAMED");
            assertThat(letter.get("topic").asText()).isEqualTo(topics.events());
            assertThat(letter.get("offset").asInt()).isEqualTo(events.size());
            assertThat(calls.json("/anomalies").at("/counts/DUPLICATE").asInt()).isEqualTo(1);
            assertThat(calls.json("/summary").at("/events/held").asInt()).isEqualTo(10);
        }
    }

    @Test
    void aRegistryThatIsAwayDelaysTheHistoryAndLosesNothing() throws Exception {
        log.create(1);
        log.publish(topics.events(), 0, new GeneratedEvents(new Random(5), 2, 5).with(50));
        Path schemas = folder.resolve("another-registry");
        EmbeddedRegistry first = EmbeddedRegistry.start(schemas, 0);
        int port = Integer.parseInt(first.url().replaceAll(".*:", ""));
        Map<String, Object> named =
                Map.of("bootstrap.servers", cluster.broker().bootstrapServers(), "schema.registry.url", first.url());
        first.close();
        Files.copy(
                folder.resolve("registry/schemas.jsonl"),
                schemas.resolve("schemas.jsonl"),
                StandardCopyOption.REPLACE_EXISTING);
        AnalyzerSettings settings =
                AnalyzerSettings.defaults(topics, named, folder.resolve("away")).withPort(0);
        try (Analyzer analyzer = Analyzer.start(settings)) {
            Calls calls = new Calls(analyzer.port());
            await().atMost(LONG).until(() -> calls.json("/summary")
                    .path("unreadyBecause")
                    .asText()
                    .contains("The schema registry does not answer"));
            assertThat(calls.json("/summary").at("/events/held").asInt()).isZero();
            try (EmbeddedRegistry back = EmbeddedRegistry.start(schemas, port)) {
                assertThat(back.url()).isEqualTo(first.url());
                through(analyzer);
                assertThat(calls.json("/summary").at("/events/held").asInt()).isEqualTo(50);
            }
        }
    }

    private static Calls through(Analyzer analyzer) {
        await().atMost(LONG).until(analyzer::ready);
        return new Calls(analyzer.port());
    }

    private AnalyzerSettings settings() {
        return AnalyzerSettings.defaults(topics, client, folder.resolve(topics.prefix() + "state"))
                .withPort(0);
    }

    private static AnalyzerLimits limits(int readerEvents) {
        AnalyzerLimits limits = AnalyzerLimits.DEFAULT;
        return new AnalyzerLimits(
                limits.engine(),
                limits.maxClockWidth(),
                limits.unknownIdGraceMs(),
                limits.storeEvery(),
                new ViewLimits(readerEvents));
    }
}
