package io.antichain.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node and an analyzer under clients that mean them ill, and under one that does not. By hand with more, in at most three hours:
 * {@code mvn -pl cli -am test -Dquick -Dtest=HostileRequestsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhostile.requests=100000}.
 */
@Timeout(10_800)
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 3_000);
    private static final int ATTACKERS = 4;
    /** So many connections does each attacker keep open, on which a body never ends. */
    private static final int KEPT_OPEN = 40;

    private static final int SILENT_MS = 60_000;
    private static final long MOST_GROWTH_BYTES = 64L << 20;
    private static final String JSON = "Content-Type: application/json\r\n";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger begun = new AtomicInteger();
    private final Map<String, AtomicInteger> byKindAndStatus = new TreeMap<>();

    @TempDir
    private Path folder;

    @Test
    void hostileClientsNeitherStopNorStarveNorFillNodeAndAnalyzer() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed=" + seed + " requests=" + REQUESTS);
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder)) {
            String node = system.nodeUrls().get(0);
            List<Integer> ports = List.of(
                    URI.create(node).getPort(), URI.create(system.analyzerUrl()).getPort());
            attack(new Random(seed), ports, REQUESTS / 10);
            long heapBefore = heapInUse();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> good =
                    CompletableFuture.supplyAsync(() -> askUntil(over, node, system.analyzerUrl()));

            List<CompletableFuture<Void>> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                Random random = new Random(seed + i);
                attackers.add(CompletableFuture.runAsync(
                        () -> attack(random, ports, REQUESTS / ATTACKERS), task -> new Thread(task).start()));
            }
            attackers.forEach(CompletableFuture::join);
            over.set(true);

            int served = good.join();
            long growth = heapInUse() - heapBefore;
            System.out.println("served=" + served + " growthBytes=" + growth + " answers=" + byKindAndStatus);
            assertThat(served).isGreaterThan(20);
            assertThat(growth).isLessThan(MOST_GROWTH_BYTES);
            assertThat(system.failed()).isNotDone();
            assertThat(byKindAndStatus.keySet()).noneMatch(answer -> answer.endsWith(" 500"));
            assertThat(byKindAndStatus.keySet())
                    .contains("FOREIGN_HOST 403", "GIANT_HEADER 431", "WRONG_METHOD 405", "ENDLESS_BODY 413")
                    .contains("FOREIGN_ORIGIN 403", "FORM 415", "NESTED 400", "GARBAGE 400");
            assertThat(begun.get()).isGreaterThanOrEqualTo(REQUESTS);
        }
    }

    /** What a client may do; each is followed by whether an answer is awaited. */
    private enum Kind {
        SLOW_BODY,
        BROKEN_OFF,
        FLOOD,
        GIANT_HEADER,
        WRONG_METHOD,
        FOREIGN_HOST,
        FOREIGN_ORIGIN,
        FORM,
        ENDLESS_BODY,
        NESTED,
        GARBAGE,
        LONG_QUERY
    }

    private static String request(Kind kind, Random random) {
        String host = "Host: localhost\r\n";
        return switch (kind) {
            case SLOW_BODY, BROKEN_OFF ->
                "POST /messages HTTP/1.1\r\n" + host + JSON + "Content-Length: 100000\r\n\r\n{\"payload\":\"";
            case FLOOD -> ("GET /metrics HTTP/1.1\r\n" + host + "\r\n").repeat(20);
            case GIANT_HEADER -> "GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(100_000) + "\r\n\r\n";
            case WRONG_METHOD -> "DELETE /metrics HTTP/1.1\r\n" + host + "\r\n";
            case FOREIGN_HOST -> "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n";
            case FOREIGN_ORIGIN ->
                "POST /pause HTTP/1.1\r\n" + host + "Origin: http://evil.example\r\nContent-Length: 0\r\n\r\n";
            case FORM -> "POST /pause HTTP/1.1\r\n" + host + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
            case ENDLESS_BODY ->
                "POST /messages HTTP/1.1\r\n" + host + JSON + "Transfer-Encoding: chunked\r\n\r\n"
                        + ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(100);
            case NESTED ->
                "POST /messages HTTP/1.1\r\n" + host + JSON + "Content-Length: 100000\r\n\r\n" + "[".repeat(100_000);
            case GARBAGE -> garbage(random) + "\r\n\r\n";
            case LONG_QUERY ->
                "GET /events?limit=1000&text=" + "x".repeat(random.nextInt(2_000)) + " HTTP/1.1\r\n" + host + "\r\n";
        };
    }

    private static String garbage(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    private void attack(Random random, List<Integer> ports, int requests) {
        Deque<Socket> open = new ArrayDeque<>();
        for (int i = 0; i < requests; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            if (begun.incrementAndGet() % 5_000 == 0) {
                System.out.println("requests=" + begun);
            }
            try {
                Socket socket = connected(ports.get(random.nextInt(ports.size())));
                if (kind == Kind.SLOW_BODY) {
                    send(socket, request(kind, random));
                    open.add(socket);
                } else {
                    attack(kind, socket, request(kind, random));
                }
                open.removeIf(slow -> !isAlive(slow));
            } catch (IOException e) {
                count(kind, "closed");
            }
            while (open.size() > KEPT_OPEN) {
                close(open.poll());
            }
        }
        open.forEach(HostileRequestsTest::close);
    }

    private void attack(Kind kind, Socket socket, String request) throws IOException {
        try (socket) {
            if (kind == Kind.BROKEN_OFF) {
                socket.setSoLinger(true, 0); // closing resets
                send(socket, request);
                return;
            }
            try {
                send(socket, request);
            } catch (IOException e) {
                // Refused before all of it was sent: the answer may be there all the same.
            }
            if (kind != Kind.FLOOD) {
                count(kind, status(socket.getInputStream()));
            }
        }
    }

    /** Sends a byte, so that it is never idle. */
    private static boolean isAlive(Socket slow) {
        try {
            slow.getOutputStream().write('x');
            return true;
        } catch (IOException e) {
            close(slow);
            return false;
        }
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), SILENT_MS);
        socket.setSoTimeout(SILENT_MS);
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String status(InputStream in) throws IOException {
        String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        return line.length() < 12 ? "closed" : line.substring(9);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void count(Kind kind, String status) {
        synchronized (byKindAndStatus) {
            byKindAndStatus
                    .computeIfAbsent(kind + " " + status, unused -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** A client that means well: each of its requests has to be answered, and in time. */
    private int askUntil(AtomicBoolean over, String node, String analyzer) {
        int served = 0;
        while (!over.get()) {
            assertThat(status(HttpRequest.newBuilder(URI.create(node + "/messages"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"payload\":\"good\"}"))))
                    .isEqualTo(201);
            assertThat(status(HttpRequest.newBuilder(URI.create(analyzer + "/summary"))))
                    .isEqualTo(200);
            served += 2;
        }
        return served;
    }

    private int status(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(Duration.ofMinutes(1)).build();
        long sinceNs = System.nanoTime();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "A good request was not answered: request=" + request + ", afterMs="
                            + Duration.ofNanos(System.nanoTime() - sinceNs).toMillis() + ", hostileRequests=" + begun,
                    e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
