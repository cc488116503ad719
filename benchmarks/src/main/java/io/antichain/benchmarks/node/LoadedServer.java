package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node, or what answers as one, with the clients that publish to it. */
final class LoadedServer extends LoadTurns {
    private static final Pattern TRANSACTIONS =
            Pattern.compile("(?m)^antichain_node_transaction_seconds_count\\{.*} ([0-9.E]+)$");

    private static final long WARM_UP_STEP_MS = 5_000;
    /** The part of the processor time that the compiler leaves to a warm program. */
    private static final double WARM = 0.95;

    private final int port;
    private final int count;
    private final HttpClients clients;
    private final Latencies latencies = new Latencies();

    /** Waits until it answers. */
    LoadedServer(LoadedJvm jvm, int clients, String payload) throws IOException {
        super(jvm);
        this.port = Integer.parseInt(jvm.line());
        this.count = clients;
        this.clients = new HttpClients(port, payload);
    }

    @Override
    long work(long ms) throws IOException {
        int before = latencies.count();
        clients.run(count, ms, latencies);
        return latencies.count() - before;
    }

    /** The same, counted nowhere, until the compiler has little to do; returns how many were answered. */
    long warmUp() throws IOException {
        Latencies unused = new Latencies();
        boolean warm = false;
        while (!warm) {
            long total = jvm().totalCpuNs();
            long withoutCompiler = jvm().cpuNs();
            clients.run(count, WARM_UP_STEP_MS, unused);
            total = jvm().totalCpuNs() - total;
            withoutCompiler = jvm().cpuNs() - withoutCompiler;
            warm = withoutCompiler > WARM * total;
        }
        return unused.count();
    }

    @Override
    JsonNode latencyMs() {
        return latencies.percentiles();
    }

    /** Answers other than 201, and connections that broke. */
    int errors() {
        return clients.errors();
    }

    /** How many transactions a node has committed, by its own count. */
    double transactions() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        Matcher count = TRANSACTIONS.matcher(text);
        if (!count.find()) {
            throw new IllegalStateException("A node counts its transactions; see GET /metrics");
        }
        return Double.parseDouble(count.group(1));
    }
}
