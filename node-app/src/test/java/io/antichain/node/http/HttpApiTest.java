package io.antichain.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.http.Access;
import io.antichain.http.ServerSettings;
import io.antichain.node.NodeCalls;
import io.antichain.node.request.Condition;
import io.antichain.node.request.RefusedException.Reason;
import io.antichain.node.state.ClockKind;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private static final int MAX_BODY_BYTES = 1_000;

    private final MemoryNode node = new MemoryNode(ClockKind.VECTOR);
    private HttpApi api;
    private NodeCalls calls;

    @BeforeEach
    void start() {
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, MAX_BODY_BYTES, Access.OPEN);
        api = HttpApi.start(settings, Duration.ofMillis(200), node, () -> "antichain_node_published_total 1.0\n");
        calls = new NodeCalls(api.port());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aPublishedMessageIsAnsweredWithItsStampAndPlace() {
        HttpResponse<String> response = calls.post("/messages", "{\"payload\":\"hello\",\"key\":\"k\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"process\":\"node-1\",\"counter\":1,\"dot\":\"node-1:1\",\"clock\":{\"node-1\":1},"
                        + "\"lamport\":1,\"partition\":0,\"offset\":0}");
    }

    @Test
    void theRootSaysWhatAnswersHere() {
        assertThat(calls.get("/").body())
                .isEqualTo("{\"program\":\"antichain node\",\"process\":\"node-1\",\"condition\":\"READY\","
                        + "\"description\":\"/openapi.yaml\"}");
    }

    @Test
    void theLastMessagesComeNewestLast() {
        for (String payload : new String[] {"a", "b", "c"}) {
            calls.publish(payload);
        }

        JsonNode messages = NodeCalls.json(calls.get("/messages?limit=2")).get("messages");

        assertThat(messages.findValuesAsText("payload")).containsExactly("b", "c");
        assertThat(messages.get(0).get("key").isNull()).isTrue();
        assertThat(NodeCalls.json(calls.get("/messages")).get("messages")).hasSize(3);
    }

    @Test
    void theClockSaysWhatTheNodeKnows() {
        calls.publish("a");

        assertThat(calls.get("/clock").body())
                .isEqualTo("{\"process\":\"node-1\",\"clock\":{\"node-1\":1},\"lamport\":1,\"paused\":false,"
                        + "\"held\":0,\"waitingFor\":[]}");
    }

    @Test
    void aLamportOnlyNodeHasNoVectorClockToShow() {
        try (HttpApi lamportOnly = HttpApi.start(
                new ServerSettings("127.0.0.1", 0, MAX_BODY_BYTES, Access.OPEN),
                Duration.ofSeconds(1),
                new MemoryNode(ClockKind.LAMPORT),
                () -> "")) {
            NodeCalls calls = new NodeCalls(lamportOnly.port());

            JsonNode published = calls.publish("a");

            assertThat(published.get("clock").isNull()).isTrue();
            assertThat(published.get("dot").asText()).isEqualTo("node-1:1");
            assertThat(calls.clock().get("clock").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"payload\":null}",
                "{\"payload\":1}",
                "{\"payload\":{}}",
                "{\"payload\":\"a\",\"key\":7}",
                "{\"payload\":\"a\",\"payload\":\"b\"}",
                "{\"payload\":\"a\"} {}",
                "{\"payload\":\"\\ud800\"}",
            })
    void aBodyThatIsNoMessageIsRefused(String body) {
        assertProblem(calls.post("/messages", body), 400);
    }

    @Test
    void aBodyLargerThanTheLimitIsRefused() {
        String body = "{\"payload\":\"" + "x".repeat(MAX_BODY_BYTES) + "\"}";

        assertProblem(calls.post("/messages", body), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "ten", "", "99999999999"})
    void aLimitOutsideItsRangeIsRefused(String limit) {
        assertProblem(calls.get("/messages?limit=" + limit), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nowhere,404",
        "DELETE,/messages,405",
        "GET,/sync,405",
        "POST,/clock,405",
        "GET,/clock/,404",
        "GET,/%ff,400"
    })
    void unknownPathsAndMethodsAreProblemsToo(String method, String path, int status) {
        assertProblem(calls.send(method, path, ""), status);
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        assertThat(calls.send("DELETE", "/messages", "").headers().firstValue("Allow"))
                .hasValueSatisfying(
                        allowed -> assertThat(allowed).contains("GET").contains("POST"));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL,429,true",
        "NOT_READY,503,true",
        "ABORTED,503,true",
        "STOPPING,503,false",
        "FENCED,503,false",
        "EXHAUSTED,503,false",
        "KEY_REUSED,422,false"
    })
    void aRefusalSaysWhyAndWhetherLaterMayDo(Reason reason, int status, boolean later) {
        node.refuse(reason);

        HttpResponse<String> response = calls.post("/messages", "{\"payload\":\"a\"}");

        assertProblem(response, status);
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(later);
        assertThat(NodeCalls.json(response).get("detail").asText()).isEqualTo("refused: reason=" + reason);
    }

    @Test
    void aPausedNodeRefusesToSync() {
        assertThat(calls.command("/pause").get("paused").asBoolean()).isTrue();

        assertProblem(calls.post("/sync", ""), 409);

        assertThat(calls.command("/resume").get("paused").asBoolean()).isFalse();
        assertThat(calls.command("/sync").get("paused").asBoolean()).isFalse();
    }

    @Test
    void whatIsNotAnsweredInTimeIsAnswered503() {
        node.fallSilent();

        assertProblem(calls.post("/sync", ""), 503);
    }

    @Test
    void aNodeThatJoinsIsAliveAndNotReady() {
        node.become(Condition.JOINING);

        assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
        assertProblem(calls.get("/health/ready"), 503);
    }

    @Test
    void aFencedNodeIsNeitherAliveNorReady() {
        node.become(Condition.FENCED);

        assertProblem(calls.get("/health/live"), 503);
        assertProblem(calls.get("/health/ready"), 503);
    }

    @Test
    void aHeadIsAnsweredWithTheStatusOfTheGet() {
        assertThat(calls.send("HEAD", "/health/live", "").statusCode()).isEqualTo(200);

        node.become(Condition.FENCED);

        assertThat(calls.send("HEAD", "/health/live", "").statusCode()).isEqualTo(503);
    }

    @Test
    void everyRouteServedIsDescribedAndNoOther() {
        Set<String> served = api.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described()).isEqualTo(served);
    }

    @Test
    void everyRouteDescribedAnswers() {
        for (String operation : described()) {
            int space = operation.indexOf(' ');

            HttpResponse<String> response =
                    calls.send(operation.substring(0, space), operation.substring(space + 1), "{\"payload\":\"a\"}");

            assertThat(response.statusCode()).as(operation).isBetween(200, 299);
        }
    }

    private Set<String> described() {
        String yaml = calls.get("/openapi.yaml").body();
        String paths = yaml.substring(yaml.indexOf("\npaths:"), yaml.indexOf("\ncomponents:"));
        Set<String> operations = new TreeSet<>();
        String path = "";
        Matcher line = Pattern.compile("(?m)^(?:  (/\\S*)|    (get|post|put|delete|patch)):$")
                .matcher(paths);
        while (line.find()) {
            if (line.group(1) != null) {
                path = line.group(1);
            } else {
                operations.add(line.group(2).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return operations;
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = NodeCalls.json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
        assertThat(response.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_000);
    }
}
