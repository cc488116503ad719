package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * 64 HTTP clients publish to one node; in turns with it, a bare Javalin answers the same requests, at once or later, and
 * a bare transactional producer commits batches of the size that the node's had. Each has a JVM of its own, and they share the
 * cores with clients and broker. What the node takes beyond Javalin and producer is the node's own.
 */
public final class NodeMeasurement implements Measurement {
    private static final int CLIENTS = 64;
    private static final int PAYLOAD_CHARS = 100;
    /** An event with that payload and a clock of one entry, in Avro with its frame. */
    private static final int VALUE_BYTES = 150;

    private final int rounds = Integer.getInteger("rounds", 4);
    private final long turnMs = 1_000L * Integer.getInteger("seconds", 15);

    @Override
    public JsonNode run() throws Exception {
        Path folder = Files.createTempDirectory("antichain-benchmark");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            createTopics(broker.bootstrapServers());
            try (LoadedJvm node = LoadedJvm.start("node", broker.bootstrapServers(), registry.url());
                    LoadedJvm javalin = LoadedJvm.start("javalin", "at-once");
                    LoadedJvm later = LoadedJvm.start("javalin", "later")) {
                String payload = "x".repeat(PAYLOAD_CHARS);
                return measure(
                        new LoadedServer(node, CLIENTS, payload),
                        new LoadedServer(javalin, CLIENTS, payload),
                        new LoadedServer(later, CLIENTS, payload),
                        broker.bootstrapServers());
            }
        }
    }

    private JsonNode measure(LoadedServer node, LoadedServer javalin, LoadedServer later, String bootstrapServers)
            throws Exception {
        say("warming up, until the compiler has little to do");
        javalin.warmUp();
        later.warmUp();
        long batch = Math.max(1, Math.round(node.warmUp() / node.transactions()));
        try (LoadedJvm jvm = LoadedJvm.start("producer", bootstrapServers, "bare", "" + VALUE_BYTES, "" + batch)) {
            LoadedProducer producer = new LoadedProducer(jvm);
            double before = node.transactions();
            for (int round = 1; round <= rounds; round++) {
                say("round " + round + " of " + rounds + ", each for " + turnMs / 1_000 + " s");
                node.take(turnMs);
                javalin.take(turnMs);
                later.take(turnMs);
                producer.take(turnMs);
            }
            ObjectNode result = result(node, javalin, later, producer);
            result.put(
                    "messagesPerTransaction", Math.round(10 * node.messages() / (node.transactions() - before)) / 10.0);
            return result.put("bareMessagesPerTransaction", batch);
        }
    }

    private static ObjectNode result(
            LoadedServer node, LoadedServer javalin, LoadedServer later, LoadedProducer producer) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("ratioToBareProducer", hundredths(node.perSecond() / producer.perSecond()));
        result.set("node", node.json());
        result.set("bareJavalin", javalin.json());
        result.set("bareJavalinLater", later.json());
        result.set("bareProducer", producer.json());
        result.set("shareOfProcessorTime", shares(node, javalin, producer));
        result.set("shareOfProcessorTimeLater", shares(node, later, producer));
        result.put("clients", CLIENTS);
        return result.put("errors", node.errors() + javalin.errors() + later.errors());
    }

    /** What is neither HTTP nor Kafka is the node's own. */
    private static ObjectNode shares(LoadedServer node, LoadedServer javalin, LoadedProducer producer) {
        double http = javalin.cpuMicros() / node.cpuMicros();
        double kafka = producer.cpuMicros() / node.cpuMicros();
        return JsonNodeFactory.instance
                .objectNode()
                .put("http", hundredths(http))
                .put("kafka", hundredths(kafka))
                .put("ours", hundredths(1 - http - kafka));
    }

    private static double hundredths(double ratio) {
        return Math.round(100 * ratio) / 100.0;
    }

    private static void say(String sentence) {
        System.err.println("node: " + sentence);
    }

    private static void createTopics(String bootstrapServers) throws Exception {
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.events(), 1, (short) 1),
                            new NewTopic(topics.clocks(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic("bare", 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
