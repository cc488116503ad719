package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
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
 * Javalin alone, which answers {@code POST /messages} as a node does, at once and without Kafka: it reads the same JSON and
 * writes the same. Jetty has the threads, limits and handlers of its own that a node's has; the node's guard, its deadline and
 * its security headers are not here.
 */
final class BareJavalin {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int IDLE_MS = 30_000;

    private final AtomicLong counter = new AtomicLong();

    /** Starts on a free port, which it returns, and answers until its JVM ends. */
    static int start() {
        BareJavalin answering = new BareJavalin();
        return Javalin.create(config -> {
                    settle(config);
                    config.routes.post("/messages", answering::publish);
                })
                .start()
                .port();
    }

    private static void settle(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
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
        JsonNode asked = JSON.readTree(context.bodyAsBytes());
        if (!asked.path("payload").isTextual()) {
            context.status(400);
            return;
        }
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
