package io.antichain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeStartException;
import io.antichain.node.state.ClockKind;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Topics;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class NodeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static TestCluster cluster;

    private final List<Node> running = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startCluster(@TempDir Path folder) {
        cluster = new TestCluster(folder);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @AfterEach
    void stopNodes() {
        running.forEach(Node::kill);
    }

    @Test
    void manyRequestsAtOnceToFourNodesAreAllCommittedWithoutHolesInLogOrder() throws Exception {
        Topics topics = cluster.topics("many", 1);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<NodeCalls> nodes = List.of(
                start("node-1", topics), start("node-2", topics), start("node-3", topics), start("node-4", topics));

        for (int i = 0; i < 200; i++) {
            for (NodeCalls node : nodes) {
                answers.add(node.publishing("message " + i));
            }
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        Map<ProcessId, List<Long>> counters = new HashMap<>();
        messages(topics).forEach(event -> counters.computeIfAbsent(event.process(), process -> new ArrayList<>())
                .add(event.counter()));
        assertThat(counters).hasSize(4);
        assertThat(counters.values()).allSatisfy(of -> assertThat(of)
                .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList()));
    }

    @Test
    void afterASyncANodeKnowsWhatOthersCommittedBefore() throws Exception {
        Topics topics = cluster.topics("sync", 3);
        NodeCalls one = start("node-1", topics);
        NodeCalls two = start("node-2", topics);
        one.publish("a");
        one.publish("b");

        JsonNode known = two.command("/sync");

        assertThat(known.get("clock").get("node-1").asLong()).isEqualTo(2);
        assertThat(two.publish("c").get("clock").toString()).isEqualTo("{\"node-1\":2,\"node-2\":1}");
    }

    @Test
    void concurrentSyncsAreAllAnswered() throws Exception {
        Topics topics = cluster.topics("syncs", 2);
        NodeCalls one = start("node-1", topics);
        NodeCalls two = start("node-2", topics);
        one.publish("a");

        List<CompletableFuture<JsonNode>> syncs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            syncs.add(CompletableFuture.supplyAsync(() -> two.command("/sync")));
        }

        assertThat(syncs).allSatisfy(sync -> assertThat(
                        sync.join().get("clock").get("node-1").asLong())
                .isEqualTo(1));
    }

    @Test
    void aPausedNodeMergesNothingAndPublishesOn() throws Exception {
        Topics topics = cluster.topics("pause", 1);
        NodeCalls one = start("node-1", topics);
        NodeCalls two = start("node-2", topics);
        List<CompletableFuture<HttpResponse<String>>> traffic = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            traffic.add(one.publishing("message " + i));
        }
        JsonNode paused = two.command("/pause");

        traffic.forEach(CompletableFuture::join);
        one.command("/sync");

        assertThat(two.clock()).isEqualTo(paused);
        assertThat(two.post("/sync", "").statusCode()).isEqualTo(409);
        assertThat(two.publish("alone").get("clock").path("node-1").asLong())
                .isEqualTo(paused.get("clock").path("node-1").asLong());
        two.command("/resume");
        assertThat(two.command("/sync").get("clock").get("node-1").asLong()).isEqualTo(300);
    }

    @Test
    void aStoppedNodeWritesNoEventJoinsAgainAndGoesOnCounting() throws Exception {
        Topics topics = cluster.topics("stop", 3);
        Node first = startNode("node-1", topics);
        new NodeCalls(first.port()).publish("a");

        first.close();

        assertThat(cluster.events(topics)).hasSize(1);
        assertThat(cluster.newestCheckpoint(topics, "node-1").getJoined()).isFalse();
        assertThat(start("node-1", topics).publish("b").get("dot").asText()).isEqualTo("node-1:2");
    }

    @Test
    void acknowledgedMessagesSurviveKillsAndNoDotIsReused() throws Exception {
        Topics topics = cluster.topics("kill", 2);
        List<String> acknowledged = new ArrayList<>();
        for (int life = 0; life < 3; life++) {
            Node node = startNode("node-1", topics);
            NodeCalls calls = new NodeCalls(node.port());
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(calls.publishing("message"));
            }
            CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
            node.kill();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                HttpResponse<String> response =
                        answer.exceptionally(cutOff -> null).join();
                if (response != null && response.statusCode() == 201) {
                    acknowledged.add(NodeCalls.json(response).get("dot").asText());
                }
            }
        }
        acknowledged.add(start("node-1", topics).publish("last").get("dot").asText());

        List<String> dots =
                messages(topics).stream().map(event -> event.dot().toString()).toList();

        assertThat(acknowledged).hasSizeGreaterThan(3).doesNotHaveDuplicates();
        assertThat(dots).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(dots.stream().map(dot -> Long.parseLong(dot.substring(7))))
                .isEqualTo(LongStream.rangeClosed(1, dots.size()).boxed().toList());
    }

    @Test
    void aRestartedNodeFindsItsCheckpointBehindAnothersOpenTransaction() throws Exception {
        Topics topics = cluster.topics("open", 1);
        Node first = startNode("node-1", topics);
        AutoCloseable stranger = cluster.openTransaction(topics.clocks());
        try (stranger) {
            new NodeCalls(first.port()).publish("a");
            first.kill();

            assertThat(start("node-1", topics).publish("b").get("dot").asText()).isEqualTo("node-1:2");
        }
    }

    @Test
    void theSecondNodeOfANameFencesTheFirst() throws Exception {
        Topics topics = cluster.topics("fence", 1);
        Node first = startNode("node-1", topics);
        NodeCalls old = new NodeCalls(first.port());
        old.publish("a");
        NodeCalls rival = start("node-1", topics);

        HttpResponse<String> refused = old.post("/messages", "{\"payload\":\"b\"}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(first.died().join().kind()).isEqualTo(NodeEnd.Kind.FENCED);
        assertThat(old.post("/messages", "{\"payload\":\"b\"}").body()).contains("taken over");
        assertThat(old.get("/health/live").statusCode()).isEqualTo(503);
        assertThat(rival.publish("c").get("dot").asText()).isEqualTo("node-1:2");
    }

    @Test
    void aFencedNodeNoticesWithoutBeingAsked() throws Exception {
        Topics topics = cluster.topics("fence-idle", 1);
        Node first = startNode("node-1", topics);
        startNode("node-1", topics);

        assertThat(first.died().join().kind()).isEqualTo(NodeEnd.Kind.FENCED);

        assertThat(new NodeCalls(first.port())
                        .post("/messages", "{\"payload\":\"b\"}")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void ofTwoNodesStartedAtOnceUnderOneNameOneLives() throws Exception {
        Topics topics = cluster.topics("twins", 1);
        List<CompletableFuture<Node>> starts = List.of(
                CompletableFuture.supplyAsync(() -> startNode("node-1", topics)),
                CompletableFuture.supplyAsync(() -> startNode("node-1", topics)));

        await().atMost(PATIENCE).until(() -> starts.stream()
                .anyMatch(start -> start.isCompletedExceptionally()
                        || (start.isDone() && start.join().died().isDone())));

        Node survivor = starts.stream()
                .filter(start -> !start.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .filter(node -> !node.died().isDone())
                .findFirst()
                .orElseThrow();
        assertThat(new NodeCalls(survivor.port()).publish("a").get("dot").asText())
                .isEqualTo("node-1:1");
    }

    @Test
    void anIdleNodeKeepsWritingItsCheckpointAndNothingElse() throws Exception {
        Topics topics = cluster.topics("idle", 2);
        NodeSettings settings = cluster.settings("node-1", topics);
        start(settings.withTimes(settings.times().withHeartbeatEvery(Duration.ofMillis(300))));

        await().atMost(PATIENCE).until(() -> cluster.end(topics.clocks()) >= 8);

        assertThat(cluster.end(topics.events())).isZero();
    }

    @Test
    void aTopicWithSignsOfLifeOfTheFirstVersionIsReadRight() throws Exception {
        Topics topics = cluster.topics("old", 2);
        cluster.append(topics, signOfLife(Kind.HEARTBEAT, 0), 0);
        cluster.append(topics, signOfLife(Kind.HEARTBEAT, 0), 1);
        cluster.append(topics, message("node-2", 1), 1);
        cluster.append(topics, signOfLife(Kind.LEAVE, 1), 0);

        NodeCalls node = start("node-1", topics);

        assertThat(node.clock().get("clock").toString()).isEqualTo("{\"node-2\":1}");
        assertThat(node.get("/metrics").body())
                .contains("antichain_node_delivered_total{process=\"node-1\"} 1.0")
                .contains("antichain_node_undecodable_total{process=\"node-1\"} 0.0");
    }

    @Test
    void aNodeWhoseNewestCheckpointCannotBeReadEndsAndDoesNotBelieveTheOlderOne() throws Exception {
        Topics topics = cluster.topics("unreadable", 1);
        Node first = startNode("node-1", topics);
        new NodeCalls(first.port()).publish("a");
        first.kill();
        cluster.append(topics.clocks(), "node-1".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> startNode("node-1", topics))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("The newest checkpoint of this process cannot be read")
                .hasMessageContaining("--process");
        assertThat(running.get(running.size() - 1).died().join().kind()).isEqualTo(NodeEnd.Kind.UNREADABLE);

        cluster.append(topics.clocks(), "node-1".getBytes(StandardCharsets.UTF_8), null);
        assertThat(start("node-1", topics).publish("b").get("dot").asText()).isEqualTo("node-1~1:1");
    }

    @Test
    void ofAnOlderCheckpointThatIsLeftTheLogTellsTheRest() throws Exception {
        Topics topics = cluster.topics("older", 2);
        Node first = startNode("node-1", topics);
        NodeCalls calls = new NodeCalls(first.port());
        calls.publish("a");
        byte[] older = cluster.newestValue(topics, "node-1");
        calls.publish("b");
        calls.publish("c");
        first.kill();
        cluster.append(topics.clocks(), "node-1".getBytes(StandardCharsets.UTF_8), null);
        cluster.append(topics.clocks(), "node-1".getBytes(StandardCharsets.UTF_8), older);

        assertThat(start("node-1", topics).publish("d").get("dot").asText()).isEqualTo("node-1:4");
    }

    @Test
    void aTopicThatWasMadeAnewEndsANodeAtItsStartUnlessThatIsAccepted() throws Exception {
        Topics topics = cluster.topics("anew", 1);
        try (Node first = startNode("node-1", topics)) {
            new NodeCalls(first.port()).publish("a");
        }
        cluster.recreate(topics.events());

        assertThatThrownBy(() -> startNode("node-1", topics))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("deleted and made anew")
                .hasMessageContaining("--accept-new-topic");

        NodeSettings accepting = cluster.settings("node-1", topics).acceptingNewTopic();
        assertThat(start(accepting).publish("b").get("dot").asText()).isEqualTo("node-1:2");
    }

    @Test
    void aTopicThatIsMadeAnewUnderARunningNodeEndsIt() throws Exception {
        Topics topics = cluster.topics("anew-running", 1);
        NodeSettings settings = cluster.settings("node-1", topics);
        NodeCalls calls = start(settings.withTimes(settings.times().withHeartbeatEvery(Duration.ofMillis(300))));
        calls.publish("a");

        cluster.recreate(topics.events());

        NodeEnd end = running.get(running.size() - 1).died().join();
        assertThat(end.kind()).isEqualTo(NodeEnd.Kind.UNREADABLE);
        assertThat(calls.get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void aNodeReadsOnBehindWhatRetentionDeletedAndKnowsHowMuchThatWas() throws Exception {
        Topics topics = cluster.topics("retention", 1);
        NodeCalls two = start("node-2", topics);
        try (Node first = startNode("node-1", topics)) {
            new NodeCalls(first.port()).publish("a");
        }
        for (int i = 0; i < 5; i++) {
            two.publish("deleted");
        }
        cluster.deleteRecords(topics.events());
        two.publish("left");

        NodeCalls one = start("node-1", topics);

        assertThat(one.clock().get("clock").get("node-2").asLong()).isEqualTo(6);
        one.publish("b");
        assertThat(cluster.newestCheckpoint(topics, "node-1").getSkipped()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aRepeatWithTheSameIdempotencyKeyIsAnsweredAlikeAndPublishesNothing() throws Exception {
        Topics topics = cluster.topics("repeat", 1);
        NodeCalls one = start("node-1", topics);

        HttpResponse<String> first = one.publishRepeatable("key-7", "a");
        HttpResponse<String> repeat = one.publishRepeatable("key-7", "a");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(one.publishRepeatable("key-7", "b").statusCode()).isEqualTo(422);
        assertThat(messages(topics)).hasSize(1);
    }

    @Test
    void mixedClustersKeepLamportsRuleUnderBothReceiveRules() throws Exception {
        for (ReceiveRule rule : ReceiveRule.values()) {
            Topics topics = cluster.topics("mixed-" + rule, 2);
            NodeCalls vector = start(clocks("node-1", topics, ClockKind.VECTOR, rule));
            NodeCalls lamport = start(clocks("node-2", topics, ClockKind.LAMPORT, rule));
            long a = vector.publish("a").get("lamport").asLong();
            lamport.command("/sync");
            long b = lamport.publish("b").get("lamport").asLong();
            vector.command("/sync");
            JsonNode c = vector.publish("c");

            // merge: each message is one more than the last; tick: a delivery between two counts too.
            long step = rule == ReceiveRule.TICK ? 2 : 1;
            assertThat(List.of(a, b, c.get("lamport").asLong())).containsExactly(1L, 1 + step, 1 + 2 * step);
            assertThat(c.get("clock").toString()).isEqualTo("{\"node-1\":2}");
        }
    }

    @Test
    void aNameWhoseCheckpointIsLostGoesOnAsTheNextIncarnation() throws Exception {
        Topics topics = cluster.topics("lost", 2);
        try (Node first = startNode("node-1", topics)) {
            new NodeCalls(first.port()).publish("a");
        }
        cluster.append(topics.clocks(), "node-1".getBytes(StandardCharsets.UTF_8), null);
        Node second = startNode("node-1", topics);

        JsonNode published = new NodeCalls(second.port()).publish("b");

        assertThat(published.get("dot").asText()).isEqualTo("node-1~1:1");
        assertThat(published.get("clock").toString()).isEqualTo("{\"node-1\":1,\"node-1~1\":1}");
        second.kill();
        assertThat(start("node-1", topics).publish("c").get("dot").asText()).isEqualTo("node-1~1:2");
    }

    @Test
    void aMessageThatKafkaRefusesLeavesNoHole() throws Exception {
        Topics topics = cluster.topics("large", 1);
        Map<String, Object> client = new HashMap<>(cluster.client());
        client.put("max.request.size", 10_000);
        NodeCalls node = start(NodeSettings.of("node-1", client).withTopics(topics));
        node.publish("a");

        HttpResponse<String> refused = node.post("/messages", "{\"payload\":\"" + "x".repeat(20_000) + "\"}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        await().atMost(PATIENCE).until(() -> node.get("/health/ready").statusCode() == 200);
        assertThat(node.publish("b").get("dot").asText()).isEqualTo("node-1:2");
        assertThat(node.get("/metrics").body()).contains("antichain_node_aborted_total{process=\"node-1\"} 1.0");
    }

    @Test
    void lamportOnlyNodesKeepLamportsRuleWithoutAVectorClock() throws Exception {
        Topics topics = cluster.topics("lamport", 1);
        NodeCalls one = start(clocks("node-1", topics, ClockKind.LAMPORT, ReceiveRule.MERGE));
        NodeCalls two = start(clocks("node-2", topics, ClockKind.LAMPORT, ReceiveRule.MERGE));
        one.publish("a");
        one.publish("b");
        two.command("/sync");

        JsonNode published = two.publish("c");

        assertThat(published.get("lamport").asLong()).isEqualTo(3);
        assertThat(published.get("clock").isNull()).isTrue();
        assertThat(messages(topics))
                .allSatisfy(event -> assertThat(event.clock()).isEmpty());
    }

    @Test
    void aRecordThatCannotBeDecodedIsSkipped() throws Exception {
        Topics topics = cluster.topics("broken", 1);
        NodeCalls one = start("node-1", topics);
        cluster.append(topics.events(), null, "not Avro".getBytes(StandardCharsets.UTF_8));
        cluster.append(topics.events(), null, null);
        NodeCalls two = start("node-2", topics);
        two.publish("after it");

        assertThat(one.command("/sync").get("clock").get("node-2").asLong()).isEqualTo(1);
        assertThat(one.get("/metrics").body()).contains("antichain_node_undecodable_total{process=\"node-1\"} 2.0");
    }

    @Test
    void messagesWithOneKeyShareAPartition() throws Exception {
        Topics topics = cluster.topics("keys", 4);
        NodeCalls one = start("node-1", topics);
        NodeCalls two = start("node-2", topics);
        String body = "{\"payload\":\"a\",\"key\":\"order-7\"}";

        int partition =
                NodeCalls.json(one.post("/messages", body)).get("partition").asInt();

        assertThat(NodeCalls.json(two.post("/messages", body)).get("partition").asInt())
                .isEqualTo(partition);
        assertThat(NodeCalls.json(two.get("/messages")).get("messages").findValuesAsText("key"))
                .isSubsetOf("order-7");
    }

    @Test
    void aNodeWithoutKafkaWaitsIsNotReadyAndSaysWhatFor() {
        Node waiting = Node.start(NodeSettings.of(
                "node-1", Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1")));
        running.add(waiting);
        NodeCalls calls = new NodeCalls(waiting.port());

        await().atMost(PATIENCE)
                .until(() -> calls.get("/health/ready").body().contains("bootstrap.servers=127.0.0.1:1"));

        assertThat(calls.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(waiting.died()).isNotDone();
    }

    @Test
    void anAddressThatCannotBeResolvedEndsTheStart() {
        NodeSettings nowhere = NodeSettings.of(
                "node-1", Map.of("bootstrap.servers", "no.such.host.invalid:9092", "schema.registry.url", "http://x"));

        assertThatThrownBy(() -> {
                    Node node = Node.start(nowhere);
                    running.add(node);
                    node.awaitReady();
                })
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("no.such.host.invalid:9092");
    }

    @Test
    void aNodeWithoutTopicsDoesNotStartAndNamesThem() {
        assertThatThrownBy(() -> startNode("node-1", new Topics("missing.")))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("missing.events")
                .hasMessageContaining("antichain init");
    }

    @Test
    void aNodeThatTheRegistryPermitsNothingDoesNotStart() throws Exception {
        HttpServer registry = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        registry.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(403, -1);
            }
        });
        registry.start();
        try {
            String url = "http://127.0.0.1:" + registry.getAddress().getPort();
            Map<String, Object> client = new HashMap<>(cluster.client());
            client.put("schema.registry.url", url);
            NodeSettings settings = NodeSettings.of("node-1", client).withTopics(cluster.topics("forbidden", 1));
            assertThatThrownBy(() -> {
                        Node node = Node.start(settings);
                        running.add(node);
                        node.awaitReady();
                    })
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("does not permit this user")
                    .hasMessageContaining("auto.register.schemas");
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void aNodeWhosePortIsTakenDoesNotStartAndFencesNobody() throws Exception {
        Topics topics = cluster.topics("port", 1);
        Node first = startNode("node-1", topics);

        assertThatThrownBy(() -> Node.start(cluster.settings("node-1", topics).listeningOn("127.0.0.1", first.port())))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("port=" + first.port());
        new NodeCalls(first.port()).publish("still alive");
    }

    @Test
    void aFaultInTheReaderThreadEndsTheNodeAndIsCalledOne() throws Exception {
        Topics topics = cluster.topics("fault-reader", 1);
        NodeCalls node = start(poisonable(topics, "value.deserializer", PoisonDeserializer.class));

        node.publish(PoisonDeserializer.POISON);

        NodeEnd end = running.get(running.size() - 1).died().join();
        assertThat(end.kind()).isEqualTo(NodeEnd.Kind.FAULT);
        assertThat(end.sentence()).contains("a fault in the reader thread");
        assertThat(node.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aFaultInTheWriterThreadEndsTheNodeAndIsNotCalledFencing() throws Exception {
        Topics topics = cluster.topics("fault-writer", 1);
        NodeCalls node = start(poisonable(topics, "value.serializer", PoisonSerializer.class));

        HttpResponse<String> refused = node.post("/messages", "{\"payload\":\"" + PoisonSerializer.POISON + "\"}");

        assertThat(refused.statusCode()).isEqualTo(503);
        NodeEnd end = running.get(running.size() - 1).died().join();
        assertThat(end.kind()).isEqualTo(NodeEnd.Kind.FAULT);
        assertThat(end.sentence()).contains("a fault in the writer thread");
        assertThat(node.get("/health/live").statusCode()).isEqualTo(503);
    }

    private static NodeSettings poisonable(Topics topics, String setting, Class<?> poison) {
        Map<String, Object> client = new HashMap<>(cluster.client());
        client.put(setting, poison.getName());
        return NodeSettings.of("node-1", client).withTopics(topics);
    }

    private NodeSettings clocks(String process, Topics topics, ClockKind kind, ReceiveRule receive) {
        return cluster.settings(process, topics)
                .withClocks(new NodeSettings.Clocks(
                        kind, receive, Gateway.DEFAULT_MAX_CLOCK_WIDTH, Gateway.DEFAULT_MAX_CLOCK_JUMP));
    }

    private NodeCalls start(String process, Topics topics) {
        return new NodeCalls(startNode(process, topics).port());
    }

    private NodeCalls start(NodeSettings settings) {
        running.add(Node.start(settings).awaitReady());
        return new NodeCalls(running.get(running.size() - 1).port());
    }

    private Node startNode(String process, Topics topics) {
        Node node = Node.start(cluster.settings(process, topics));
        running.add(node);
        return node.awaitReady();
    }

    private static Event signOfLife(Kind kind, long counter) {
        return event("node-2", counter, kind);
    }

    private static Event message(String process, long counter) {
        return event(process, counter, Kind.MESSAGE);
    }

    private static Event event(String process, long counter, Kind kind) {
        ProcessId id = ProcessId.of(process);
        return new Event(
                id,
                counter,
                Optional.of(VectorClock.of(Map.of(id, counter))),
                new LamportTimestamp(counter),
                Optional.empty(),
                "p",
                0,
                kind);
    }

    private static List<Event> messages(Topics topics) {
        return cluster.events(topics).stream()
                .filter(event -> event.kind() == Kind.MESSAGE)
                .toList();
    }
}
