package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What {@link LoadedJvm} starts: one of the programs that are measured. It lives until its input ends. */
final class LoadedProgram {
    private static final long WARM_UP_MS = 15_000;

    private LoadedProgram() {}

    /**
     * {@code node BROKER REGISTRY}, {@code javalin at-once} or {@code later}, or {@code producer BROKER TOPIC BYTES BATCH}. Node and Javalin say their port
     * once they answer. The producer warms up, and then works as many ms as each line of its input says; after each of both it says
     * with how many messages, and how long its transactions have taken so far.
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        switch (arguments[0]) {
            case "node" -> {
                Map<String, Object> client =
                        Map.of("bootstrap.servers", arguments[1], "schema.registry.url", arguments[2]);
                System.out.println(Node.start(NodeSettings.of("node-1", client))
                        .awaitReady()
                        .port());
                input.readLine();
            }
            case "javalin" -> {
                System.out.println(BareJavalin.start(arguments[1].equals("later")));
                input.readLine();
            }
            case "producer" ->
                produce(
                        input,
                        new BareProducer(
                                arguments[1],
                                arguments[2],
                                Integer.parseInt(arguments[3]),
                                Integer.parseInt(arguments[4])));
            default -> throw new IllegalArgumentException("A program is named: program=" + arguments[0]);
        }
        System.exit(0);
    }

    private static void produce(BufferedReader input, BareProducer producer) throws IOException {
        System.out.println(did(producer, WARM_UP_MS, new Latencies()));
        Latencies transactions = new Latencies();
        for (String ms = input.readLine(); ms != null; ms = input.readLine()) {
            System.out.println(did(producer, Long.parseLong(ms), transactions));
        }
    }

    private static ObjectNode did(BareProducer producer, long ms, Latencies transactions) {
        ObjectNode did = JsonNodeFactory.instance.objectNode();
        did.put("messages", producer.run(ms, transactions));
        did.set("latencyMs", transactions.percentiles());
        return did;
    }
}
