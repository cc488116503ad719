package io.antichain.cli.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.access.HttpAccess;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One running node, asked over HTTP. */
final class NodeClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpAccess access;
    private final HttpClient http;
    private final String url;
    private final Duration timeout;

    /** @param timeout how long an answer may take */
    NodeClient(HttpAccess access, HttpClient http, String url, Duration timeout) {
        this.access = access;
        this.http = http;
        this.timeout = timeout;
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * What a node answers when it has accepted a message.
     *
     * @param clock its vector clock; empty if the node keeps a Lamport timestamp alone
     */
    record Accepted(Dot dot, Optional<VectorClock> clock, LamportTimestamp lamport) {}

    CompletableFuture<Accepted> publish(String payload, String key) {
        ObjectNode body = JSON.createObjectNode().put("payload", payload).put("key", key);
        return post("/messages", body.toString())
                .thenApply(answer -> new Accepted(
                        Dot.parse(answer.path("dot").asText()),
                        clock(answer),
                        new LamportTimestamp(answer.path("lamport").asLong())));
    }

    CompletableFuture<Void> sync() {
        return post("/sync", "").thenApply(answer -> null);
    }

    CompletableFuture<Void> pause() {
        return post("/pause", "").thenApply(answer -> null);
    }

    CompletableFuture<Void> resume() {
        return post("/resume", "").thenApply(answer -> null);
    }

    /** What the node knows; empty if it keeps a Lamport timestamp alone. */
    CompletableFuture<Optional<VectorClock>> clock() {
        return send(request("/clock").GET().build()).thenApply(NodeClient::clock);
    }

    private CompletableFuture<JsonNode> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        try {
            return access.request(url + path).timeout(timeout);
        } catch (IllegalArgumentException e) {
            throw new NodeClientException(
                    NodeClientException.Kind.BAD_ADDRESS,
                    "The node's address is not an HTTP address: node=" + url
                            + (url.contains("_") ? ", its host may not have an underscore" : ""),
                    e);
        }
    }

    private CompletableFuture<JsonNode> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((response, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                if (HttpAccess.isOfTls(cause)) {
                    throw new NodeClientException(
                            NodeClientException.Kind.UNTRUSTED,
                            "A node's certificate is not trusted, or it speaks no TLS: node=" + url + ", reason="
                                    + cause.getMessage(),
                            cause);
                }
                throw new NodeClientException(
                        NodeClientException.Kind.UNREACHABLE,
                        "A node did not answer: node=" + url + ", failure="
                                + cause.getClass().getSimpleName(),
                        cause);
            }
            return answered(response);
        });
    }

    private JsonNode answered(HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() / 100 == 2) {
                return body;
            }
            if (response.statusCode() == 401) {
                throw new NodeClientException(
                        NodeClientException.Kind.TOKEN_REFUSED, "A node refused the token, or wants one: node=" + url);
            }
            throw new NodeClientException(
                    NodeClientException.Kind.REFUSED,
                    "A node refused a request of the scenario: node=" + url + ", path="
                            + response.uri().getPath() + ", status=" + response.statusCode() + ", detail="
                            + body.path("detail").asText("none"));
        } catch (JsonProcessingException e) {
            throw new NodeClientException(
                    NodeClientException.Kind.NOT_A_NODE,
                    "The answer is not a node's, which would be JSON: node=" + url + ", status="
                            + response.statusCode(),
                    e);
        }
    }

    private static Optional<VectorClock> clock(JsonNode answer) {
        if (!answer.path("clock").isObject()) {
            return Optional.empty();
        }
        Map<ProcessId, Long> entries = new HashMap<>();
        answer.path("clock")
                .fields()
                .forEachRemaining(entry -> entries.put(
                        ProcessId.parse(entry.getKey()), entry.getValue().asLong()));
        return Optional.of(VectorClock.of(entries));
    }
}
