package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import io.antichain.schemas.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * 64 HTTP clients publish to one node for a minute. Before and after, a bare transactional producer commits batches of the
 * size that the node's had. Clients, node and broker share this JVM and its cores.
 */
public final class NodeMeasurement implements Measurement {
    private static final int CLIENTS = 64;
    private static final long WARM_UP_MS = 15_000;
    private static final long MEASURED_MS = 60_000;
    private static final long BARE_MS = 15_000;
    private static final int PAYLOAD_CHARS = 100;
    /** An event with that payload and a clock of one entry, in Avro with its frame. */
    private static final int VALUE_BYTES = 150;

    @Override
    public JsonNode run() throws Exception {
        Path folder = Files.createTempDirectory("antichain-benchmark");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            Map<String, Object> client =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
            createTopics(client);
            try (Node node = Node.start(NodeSettings.of("node-1", client)).awaitReady()) {
                return measure(node, broker.bootstrapServers());
            }
        }
    }

    private static JsonNode measure(Node node, String bootstrapServers) throws Exception {
        HttpClients clients = new HttpClients(node.port(), "x".repeat(PAYLOAD_CHARS));
        System.err.println("node: warming up for " + WARM_UP_MS / 1_000 + " s");
        Latencies warm = clients.run(CLIENTS, WARM_UP_MS);
        int batch = (int) Math.max(1, Math.round(warm.count() / transactions(node)));
        BareProducer bare = new BareProducer(bootstrapServers, "bare", VALUE_BYTES, batch);
        System.err.println("node: a bare producer, " + batch + " messages in a transaction");
        bare.run(BARE_MS / 2);
        double bareBefore = bare.run(BARE_MS);
        System.err.println("node: " + CLIENTS + " clients for " + MEASURED_MS / 1_000 + " s");
        double before = transactions(node);
        long beganNs = System.nanoTime();
        Latencies measured = clients.run(CLIENTS, MEASURED_MS);
        double perSecond = measured.count() * 1e9 / (System.nanoTime() - beganNs);
        double committed = transactions(node) - before;
        double bareAfter = bare.run(BARE_MS);
        double barePerSecond = (bareBefore + bareAfter) / 2;
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("ratioToBareProducer", Math.round(100 * perSecond / barePerSecond) / 100.0);
        result.put("messagesPerSecond", Math.round(perSecond));
        result.set("latencyMs", measured.percentiles());
        result.put("bareMessagesPerSecond", Math.round(barePerSecond));
        result.set("bareTransactionMs", bare.transactions().percentiles());
        result.put("messagesPerTransaction", Math.round(10 * measured.count() / committed) / 10.0);
        result.put("bareMessagesPerTransaction", batch);
        result.put("clients", CLIENTS);
        result.put("errors", clients.errors());
        return result;
    }

    /** How many transactions the node has committed, by its own count. */
    private static double transactions(Node node) throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + node.port() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        Matcher count = Pattern.compile("(?m)^antichain_node_transaction_seconds_count\\{.*} ([0-9.E]+)$")
                .matcher(text);
        if (!count.find()) {
            throw new IllegalStateException("A node counts its transactions; see GET /metrics");
        }
        return Double.parseDouble(count.group(1));
    }

    private static void createTopics(Map<String, Object> client) throws Exception {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            new NewTopic(topics.events(), 1, (short) 1),
                            new NewTopic(topics.clocks(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic("bare", 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
