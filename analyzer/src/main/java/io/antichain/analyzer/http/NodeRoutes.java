package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.http.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * What the page's buttons do with the nodes of a demo. Each request goes on to the node as it is. None is taken from another
 * site: the page of this server alone asks, at an address of this machine.
 */
final class NodeRoutes {
    /** The paths that are posted to. */
    static final List<String> POSTED =
            List.of("/nodes/{node}/messages", "/nodes/{node}/pause", "/nodes/{node}/resume", "/scenarios/{scenario}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
    private static final Set<String> FACTS = Set.of("process", "clock", "paused");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NodeDriver driver;
    private final ReentrantLock running = new ReentrantLock();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    NodeRoutes(NodeDriver driver) {
        this.driver = driver;
    }

    List<QueryRoute> routes() {
        return List.of(new QueryRoute("/nodes", Set.of(), this::nodes));
    }

    void addTo(RoutesConfig routes) {
        POSTED.stream()
                .filter(path -> path.startsWith("/nodes"))
                .forEach(path -> routes.post(path, context -> tell(context, path.substring(path.lastIndexOf('/')))));
        routes.post("/scenarios/{scenario}", this::run);
    }

    private void nodes(Question question) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode nodes = json.putArray("nodes");
        for (URI node : driver.nodes().get()) {
            JsonNode clock = parsed(
                    send(HttpRequest.newBuilder(URI.create(node + "/clock")).GET()));
            nodes.add(((ObjectNode) clock).retain(FACTS));
        }
        ArrayNode scenarios = json.putArray("scenarios");
        driver.scenarios()
                .forEach((name, sentence) ->
                        scenarios.addObject().put("name", name).put("sentence", sentence));
        question.answer(json);
    }

    private void tell(Context context, String what) {
        requireOwnPage(context);
        List<URI> nodes = driver.nodes().get();
        String number = context.pathParam("node");
        if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) >= nodes.size()) {
            throw Problem.notFound(
                    "No such node",
                    "A node is named by its number from 0: node=" + Question.shortened(number) + ", nodes="
                            + nodes.size() + "; GET /nodes lists them");
        }
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(nodes.get(Integer.parseInt(number)) + what))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(context.body())));
        context.status(answer.statusCode())
                .contentType(answer.headers().firstValue("Content-Type").orElse("application/json"))
                .result(answer.body());
    }

    private void run(Context context) {
        requireOwnPage(context);
        String scenario = context.pathParam("scenario");
        if (!driver.scenarios().containsKey(scenario)) {
            throw Problem.notFound(
                    "No such scenario",
                    "A built-in scenario is run: scenario=" + Question.shortened(scenario) + "; choose one of "
                            + String.join(", ", driver.scenarios().keySet()));
        }
        if (!running.tryLock()) {
            throw Problem.of(409, "Running", "One scenario runs at a time: scenario=" + scenario + "; ask again later");
        }
        try {
            String sentence = driver.run().apply(scenario);
            context.contentType("application/json")
                    .result(JSON.createObjectNode().put("sentence", sentence).toString());
        } finally {
            running.unlock();
        }
    }

    /** Refuses what another site makes a browser send, and a name of this machine that somebody else gave it. */
    private static void requireOwnPage(Context context) {
        String host = String.valueOf(context.header("Host"));
        String origin = String.valueOf(context.header("Origin"));
        if (!THIS_MACHINE.matcher(host).matches() || !origin.equals("http://" + host)) {
            throw Problem.of(
                    403,
                    "Not from the page",
                    "Nodes are driven from the page of this analyzer alone: Host=" + Question.shortened(host)
                            + ", Origin=" + Question.shortened(origin) + "; open it at http://localhost");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw Problem.of(502, "No answer", "A node did not answer: failure=" + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.passing(503, "The analyzer stops", "The analyzer stops; ask again when it runs");
        }
    }

    private static JsonNode parsed(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw Problem.of(502, "No answer", "A node answered no JSON: status=" + answer.statusCode());
        }
    }
}
