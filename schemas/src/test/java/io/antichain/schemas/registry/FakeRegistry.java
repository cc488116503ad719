package io.antichain.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A schema registry in memory that speaks the part of Confluent's REST interface that serializers use. */
final class FakeRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What to answer instead of the truth. */
    record Scripted(int status, String body) {}

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<Integer, String> types = new HashMap<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private final Queue<Scripted> scripted = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://" + host();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next requests so, in this order. */
    void script(int status, String body) {
        scripted.add(new Scripted(status, body));
    }

    /** Sends the next request elsewhere. */
    void redirect(int status, String location) {
        scripted.add(new Scripted(status, "Location: " + location));
    }

    /** Method and path of each request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The credentials of each request so far, {@code none} where it had none. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    synchronized int add(String subject, String schema) {
        List<Integer> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    synchronized int addOfType(String type, String schema) {
        schemas.add(schema);
        types.put(schemas.size(), type);
        return schemas.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization == null ? "none" : authorization);
            Scripted next = scripted.poll();
            Scripted answer = next != null
                    ? next
                    : answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getRawPath().split("/"),
                            body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.body().startsWith("Location: ")) {
                exchange.getResponseHeaders().add("Location", answer.body().substring(10));
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Scripted answer(String method, String[] path, String body) throws IOException {
        if (path[1].equals("schemas")) {
            int id = Integer.parseInt(path[3].replaceAll("\\?.*", ""));
            if (id < 1 || id > schemas.size()) {
                return error(404, 40403, "Schema not found");
            }
            Map<String, String> found = new HashMap<>(Map.of("schema", schemas.get(id - 1)));
            if (types.containsKey(id)) {
                found.put("schemaType", types.get(id));
            }
            return new Scripted(200, JSON.writeValueAsString(found));
        }
        String subject = URLDecoder.decode(path[2], StandardCharsets.UTF_8);
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (method.equals("GET")) {
            if (versions.isEmpty()) {
                return error(404, 40401, "Subject not found");
            }
            int id = versions.get(versions.size() - 1);
            return new Scripted(
                    200,
                    JSON.writeValueAsString(Map.of(
                            "subject", subject, "version", versions.size(), "id", id, "schema", schemas.get(id - 1))));
        }
        JsonNode request = JSON.readTree(body);
        if (path.length == 4) {
            return new Scripted(
                    200, "{\"id\":" + add(subject, request.get("schema").asText()) + "}");
        }
        int id = schemas.indexOf(request.get("schema").asText()) + 1;
        if (!versions.contains(id)) {
            return versions.isEmpty() ? error(404, 40401, "Subject not found") : error(404, 40403, "Schema not found");
        }
        return new Scripted(200, "{\"subject\":\"s\",\"version\":1,\"id\":" + id + "}");
    }

    static Scripted error(int status, int code, String message) {
        return new Scripted(status, "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}");
    }
}
