package io.antichain.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Calls of a node's HTTP API. */
public final class NodeCalls {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;

    public NodeCalls(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Publishes a message without a key, which must be committed. */
    public JsonNode publish(String payload) {
        HttpResponse<String> response = post(
                "/messages", JSON.createObjectNode().put("payload", payload).toString());
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public CompletableFuture<HttpResponse<String>> publishing(String payload) {
        return CLIENT.sendAsync(
                request("/messages")
                        .POST(BodyPublishers.ofString(
                                JSON.createObjectNode().put("payload", payload).toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Publishes a message under an Idempotency-Key. */
    public HttpResponse<String> publishRepeatable(String repeatKey, String payload) {
        try {
            return CLIENT.send(
                    request("/messages")
                            .header("Idempotency-Key", repeatKey)
                            .POST(BodyPublishers.ofString(JSON.createObjectNode()
                                    .put("payload", payload)
                                    .toString()))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public JsonNode clock() {
        return json(get("/clock"));
    }

    /** A POST without a body that must succeed: sync, pause, resume. */
    public JsonNode command(String path) {
        HttpResponse<String> response = post(path, "");
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    public HttpResponse<String> send(String method, String path, String body) {
        try {
            return CLIENT.send(
                    request(path).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
    }
}
