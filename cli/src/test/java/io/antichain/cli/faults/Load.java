package io.antichain.cli.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Clients that publish small bursts of messages, each with a payload of its own, and remember what was acknowledged. */
final class Load implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with 201. */
    record Acknowledged(String dot, int partition, long offset) {}

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> byStatus = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();

    /** From now on a burst every so often to whatever listens on that port then. */
    void to(IntSupplier port, long everyMs, int burst) {
        clock.scheduleAtFixedRate(
                () -> {
                    for (int i = 0; i < burst; i++) {
                        publish(port.getAsInt());
                    }
                },
                everyMs,
                everyMs,
                TimeUnit.MILLISECONDS);
    }

    int sent() {
        return sent.get();
    }

    Map<Integer, AtomicInteger> byStatus() {
        return byStatus;
    }

    /** By payload. */
    Map<String, Acknowledged> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void publish(int port) {
        String payload = "message-" + sent.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/messages"))
                .timeout(Duration.ofSeconds(40))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"payload\":\"" + payload + "\"}"))
                .build();
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
            int status = failure == null ? response.statusCode() : 0;
            byStatus.computeIfAbsent(status, unused -> new AtomicInteger()).incrementAndGet();
            if (status == 201) {
                acknowledged.put(payload, read(response.body()));
            }
        });
    }

    private static Acknowledged read(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return new Acknowledged(
                    json.get("dot").asText(),
                    json.get("partition").asInt(),
                    json.get("offset").asLong());
        } catch (IOException e) {
            throw new IllegalStateException("A node answers with JSON: " + body, e);
        }
    }
}
