package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Javalin alone, which answers {@code POST /messages} as a node does, without Kafka: it reads the same JSON and writes the
 * same. It answers at once or, as who waits for a commit has to, later: a thread of its own answers all that wait, every ms.
 * Jetty has the threads, limits and handlers of its own that a node's has; the node's guard, its deadline and its security
 * headers are not here.
 */
final class BareJavalin {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int COPY_BYTES = 2_048;
    private static final int IDLE_MS = 30_000;

    private static final long LATER_MS = 1;

    private final AtomicLong counter = new AtomicLong();
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();

    /** Starts on a free port, which it returns, and answers until its JVM ends. */
    static int start(boolean later) {
        BareJavalin answering = new BareJavalin();
        if (later) {
            Executors.newSingleThreadScheduledExecutor()
                    .scheduleWithFixedDelay(answering::answerAll, LATER_MS, LATER_MS, TimeUnit.MILLISECONDS);
        }
        return Javalin.create(config -> {
                    settle(config);
                    config.routes.post("/messages", later ? answering::publishLater : answering::publish);
                })
                .start()
                .port();
    }

    private static void settle(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.responseBufferSize = COPY_BYTES;
        config.jetty.threadPool = new QueuedThreadPool();
        config.jetty.modifyServer(BareJavalin::limit);
        config.jetty.addConnector(BareJavalin::connector);
    }

    private static void limit(Server server) {
        server.insertHandler(new EagerContentHandler());
        server.insertHandler(new SizeLimitHandler(MAX_BODY_BYTES, -1));
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    private void publish(Context context) throws IOException {
        read(context);
        write(context);
    }

    private void publishLater(Context context) throws IOException {
        read(context);
        CompletableFuture<Void> turn = new CompletableFuture<>();
        context.future(() -> turn.thenRun(() -> write(context)));
        waiting.add(turn);
    }

    private void answerAll() {
        for (var turn = waiting.poll(); turn != null; turn = waiting.poll()) {
            turn.complete(null);
        }
    }

    private static String read(Context context) throws IOException {
        return JSON.readTree(context.bodyAsBytes()).required("payload").textValue();
    }

    private void write(Context context) {
        context.status(201).contentType("application/json").result(answer().toString());
    }

    private ObjectNode answer() {
        long number = counter.incrementAndGet();
        ObjectNode json = JSON.createObjectNode();
        json.put("process", "node-1").put("counter", number).put("dot", "node-1:" + number);
        json.putObject("clock").put("node-1", number);
        return json.put("lamport", number).put("partition", 0).put("offset", number);
    }
}
