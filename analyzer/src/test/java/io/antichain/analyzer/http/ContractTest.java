package io.antichain.analyzer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.antichain.analyzer.log.OpenTransaction;
import io.antichain.analyzer.log.SourceFigures;
import io.antichain.analyzer.order.EngineFigures;
import io.antichain.schemas.Scope;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers, held against what openapi.yaml says. */
class ContractTest {
    private static final OpenTransaction.Producer BILLING = new OpenTransaction.Producer(
            4, 2_000, Optional.of("billing"), Optional.of(new OpenTransaction.Coordinated(1_000, 60_000)));

    private final FilledView view = new FilledView(1_000).withMessages(300, 1).withTrouble();
    private Optional<String> unready = Optional.empty();
    private AnalyzerServer server;
    private Calls calls;
    private ObjectNode description;

    @BeforeEach
    void start() throws IOException {
        view.tell(FilledView.message("a/b", 1, "{a/b=1}", "k/1", "{\"seats\":2}"));
        view.tell(FilledView.message("c", 1, "{c=1}", "k/1", "x".repeat(1_001)));
        AnalyzerStatus status = new AnalyzerStatus(
                Scope.KEY,
                List.of("topic!=other"),
                Instant.now(),
                () -> unready,
                () -> 3,
                () -> List.of(
                        new OpenTransaction("events", 0, 7, 9, Optional.of(BILLING), "", "localhost:9092"),
                        new OpenTransaction(
                                "events", 1, 7, 9, Optional.empty(), "TopicAuthorizationException", "localhost:9092")),
                () -> new TreeMap<>(Map.of(0, new EngineFigures(7, 900, OptionalLong.of(1_000), 2, 3, 4, 500, 1))),
                () -> new TreeMap<>(Map.of("orders", new SourceFigures(0, 20))),
                () -> "metric 1\n");
        server = view.served(status);
        calls = new Calls(server.port());
        description = (ObjectNode)
                new YAMLMapper().readTree(calls.get("/openapi.yaml").body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyRouteServedIsDescribedWithItsParametersAndNoOther() {
        Map<String, Set<String>> served = new TreeMap<>();
        server.routes().forEach(route -> served.put(route.path(), new TreeSet<>(route.parameters())));
        Map<String, Set<String>> described = new TreeMap<>();
        List<String> posted = new ArrayList<>();
        description.get("paths").fields().forEachRemaining(path -> {
            if (path.getValue().has("post")) {
                posted.add(path.getKey());
                return;
            }
            assertThat(path.getValue().fieldNames()).toIterable().containsExactly("get");
            Set<String> parameters = new TreeSet<>();
            path.getValue().get("get").path("parameters").forEach(parameter -> {
                JsonNode resolved = parameter.has("$ref")
                        ? description.at(parameter.get("$ref").asText().substring(1))
                        : parameter;
                if (resolved.get("in").asText().equals("query")) {
                    parameters.add(resolved.get("name").asText());
                }
            });
            described.put(path.getKey(), parameters);
        });
        assertThat(described).isEqualTo(served);
        assertThat(posted).isEqualTo(NodeRoutes.POSTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events",
                "/events?limit=1000",
                "/events?key=k/1",
                "/events/{dot}",
                "/overview",
                "/overview?limit=7&text=a",
                "/events/{dot}/past",
                "/events/{dot}/future?limit=1",
                "/events/{dot}/concurrent",
                "/relation?a=a/b:1&b=c:1",
                "/relation?a=c:1&b=c:1",
                "/conflicts",
                "/conflicts?limit=1000",
                "/keys",
                "/keys/{key}",
                "/nodes",
                "/processes",
                "/anomalies",
                "/dead-letters",
                "/summary",
                "/health/live",
                "/health/ready"
            })
    void whatIsAnsweredIsWhatIsDescribed(String asked) {
        HttpResponse<String> response =
                calls.get(asked.replace("{dot}", "node-2:7").replace("{key}", "key-1"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertDescribed(asked, "200", "application/json", response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/conflicts", "/keys", "/processes", "/anomalies", "/dead-letters"})
    void noListThatIsValidatedIsEmpty(String asked) {
        JsonNode answer = calls.json(asked);
        assertThat(answer.elements().next()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void theOverviewCountsWhatTheEventsSay(int parts) {
        JsonNode overview = calls.json("/overview?text=SEATS&limit=" + parts);
        JsonNode all = calls.json("/events?limit=1000").get("events");
        int[] conflicting = new int[overview.get("conflicting").size()];
        all.forEach(event ->
                conflicting[part(overview, event)] += event.get("conflicting").asBoolean() ? 1 : 0);
        assertThat(conflicting).hasSizeLessThanOrEqualTo(parts);
        assertThat(overview.get("conflicting")).extracting(JsonNode::asInt).containsExactly(boxed(conflicting));
        int[] found = new int[conflicting.length];
        calls.json("/events?text=seats&case=exact").get("events").forEach(event -> found[part(overview, event)]++);
        assertThat(overview.get("found")).extracting(JsonNode::asInt).containsExactly(boxed(found));
        assertThat(Arrays.stream(found).sum()).isEqualTo(1);
    }

    private static int part(JsonNode overview, JsonNode event) {
        return (event.get("seq").asInt() - overview.get("first").asInt())
                / overview.get("span").asInt();
    }

    private static Integer[] boxed(int[] counts) {
        return Arrays.stream(counts).boxed().toArray(Integer[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/events?limit=0",
                "/events?limit=1001",
                "/events?limit=ten",
                "/events?limit=",
                "/events?before=-1",
                "/events?before=1&after=1",
                "/events?around=x:y:z",
                "/events?process=a:b",
                "/events?field=none",
                "/events?colour=red",
                "/events?case=lower",
                "/overview?limit=0",
                "/events/{dot}/past?limit=0",
                "/events/{dot}/past?after=a:b",
                "/relation?a=c:1",
                "/relation?a=c:1&b=one",
                "/conflicts?limit=5000",
                "/conflicts?status=OPEN",
                "/conflicts?from=yesterday",
                "/keys?limit=x",
                "/stream?after=x",
                "/summary?x=y"
            })
    void whatIsNoQuestionIsA400(String asked) {
        assertProblem(400, asked, calls.get(asked.replace("{dot}", "node-2:7")));
    }

    @Test
    void textsThatAreTooLongAreA400() {
        assertProblem(400, "/events", calls.get("/events?text=" + "x".repeat(1_001)));
        assertProblem(400, "/events", calls.get("/events?" + "process=a&".repeat(101)));
    }

    @Test
    void whatIsNotThereIsA404ThatSaysWhy() {
        HttpResponse<String> unknown = calls.get("/events/none:1");
        assertProblem(404, "/events/{dot}", unknown);
        assertThat(unknown.body()).contains("No event of none is in view");
        HttpResponse<String> later = calls.get("/events/c:2/past");
        assertProblem(404, "/events/{dot}/past", later);
        assertThat(later.body()).contains("event=c:2, last read=c:1");
        assertProblem(404, "/keys/{key}", calls.get("/keys/none"));
        assertProblem(404, "/relation", calls.get("/relation?a=c:1&b=c:9"));
        assertProblem(404, null, calls.get("/nowhere"));
        assertProblem(400, "/events/{dot}", calls.get("/events/none"));
    }

    @Test
    void namesMayHoldSlashes() {
        assertThat(calls.json("/events/a%2Fb:1").get("dot").asText()).isEqualTo("a/b:1");
        assertThat(calls.json("/events/a%2Fb:1/concurrent").get("dot").asText()).isEqualTo("a/b:1");
        assertThat(calls.json("/keys/k%2F1").get("open").asBoolean()).isTrue();
    }

    @Test
    void anAnalyzerThatIsNotReadySaysWhy() {
        unready = Optional.of("Nothing works.");
        assertProblem(503, "/health/ready", calls.get("/health/ready"));
        assertThat(calls.get("/health/live").statusCode()).isEqualTo(200);
        JsonNode summary = calls.json("/summary");
        assertThat(summary.get("unreadyBecause").asText()).isEqualTo("Nothing works.");
        assertDescribed("/summary", "200", "application/json", summary.toString());
    }

    private void assertProblem(int status, String asked, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(asked + " " + response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        if (asked != null) {
            assertDescribed(asked, "" + status, "application/problem+json", response.body());
        }
        JsonNode problem = Calls.parsed(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).isNotEmpty();
    }

    private void assertDescribed(String asked, String status, String type, String body) {
        JsonNode get =
                description.at("/paths").path(asked.replaceFirst("\\?.*", "")).path("get");
        JsonNode response = get.path("responses").path(status);
        if (response.has("$ref")) {
            response = description.at(response.get("$ref").asText().substring(1));
        }
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as(asked + " " + status).isFalse();
        ObjectNode whole = schema.deepCopy();
        whole.set("components", description.get("components"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(whole)
                        .validate(Calls.parsed(body)))
                .as(asked + " " + body)
                .isEmpty();
    }
}
