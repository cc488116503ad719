package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code conflicts --follow --webhook}, as a program of its own, against a receiver that has its days. */
@Timeout(600)
class WebhookTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int RECORDS = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<List<String>> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private HttpServer receiver;
    private Cluster cluster;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        cluster = new Cluster(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                new Topics(Topics.DEFAULT_PREFIX));
        new TopicCreation(cluster, 1, (short) 1).run();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            JsonNode told = JSON.readTree(exchange.getRequestBody());
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refused) {
                assertThat(told.get("text").asText()).contains(" is concurrent with ");
                taken.add(told.get("conflicts").findValuesAsText("id"));
            }
            exchange.sendResponseHeaders(refused ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        registry.close();
        broker.close();
    }

    @Test
    void eachRecordIsTakenThoughTheReceiverRefusesAndTheProgramIsKilled() throws Exception {
        refusals.set(2);
        publish(1, 3);
        Process first = following();
        await().atMost(LONG).until(() -> ids().containsAll(ids(1, 3)));
        assertThat(ids()).isEqualTo(ids(1, 3));
        refusals.set(Integer.MAX_VALUE);
        publish(4, 6);
        await().atMost(LONG).until(() -> refusals.get() < Integer.MAX_VALUE - 1);
        first.destroyForcibly().waitFor();

        refusals.set(0);
        publish(7, RECORDS);
        Process second = following();
        await().atMost(LONG).until(() -> ids().containsAll(ids(1, RECORDS)));
        second.destroy();

        assertThat(second.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // What it had been told of and confirmed before the restart is not told again.
        assertThat(taken.subList(1, taken.size()).stream().flatMap(List::stream))
                .doesNotContainAnyElementsOf(taken.get(0));
        assertThat(taken).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(100));
        assertThat(taken).hasSizeLessThan(20);
    }

    private Process following() throws IOException {
        List<String> command = new ArrayList<>(ProgramRuns.program());
        command.addAll(List.of(
                "conflicts",
                "--follow",
                "--webhook",
                "http://localhost:" + receiver.getAddress().getPort() + "/hook",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--schema-registry-url",
                registry.url()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("following.out").toFile())
                .start();
    }

    private List<String> ids() {
        return taken.stream().flatMap(List::stream).toList();
    }

    private static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int counter = from; counter <= to; counter++) {
            ids.add("all/a:" + counter);
        }
        return ids;
    }

    /** Conflict records as an analyzer writes them: each of a's messages with the one of b. */
    private void publish(int from, int to) {
        try (KafkaProducer<String, Object> producer = cluster.producer("analyzer-" + from)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int counter = from; counter <= to; counter++) {
                Conflict conflict = conflict(counter);
                producer.send(new ProducerRecord<>(
                        cluster.topics().conflicts(), conflict.event().dot().toString(), WireCodec.toWire(conflict)));
            }
            producer.commitTransaction();
        }
    }

    private Conflict conflict(int counter) {
        ProcessId a = ProcessId.of("a");
        ProcessId b = ProcessId.of("b");
        Position at = new Position(cluster.topics().events(), 0, counter);
        Position earlier = new Position(cluster.topics().events(), 0, 0);
        return new Conflict(
                Scope.ALL,
                Optional.empty(),
                Conflict.Status.CONCURRENT,
                new EventRef(
                        new Dot(a, counter),
                        at,
                        VectorClock.parse("{a=" + counter + "}"),
                        new LamportTimestamp(counter),
                        0),
                List.of(new Run(b, 1, 1, earlier, earlier, 1, 0, List.of())),
                List.of(),
                List.of(),
                true,
                OptionalLong.empty());
    }
}
