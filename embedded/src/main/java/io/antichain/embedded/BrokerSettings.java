package io.antichain.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Kafka settings of the embedded broker: one node that is broker and controller, tuned for a quick start and little memory. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** What makes the node find itself and its data: an override here would leave a broker that cannot be reached. */
    private static final Set<String> OWNED = Set.of(
            "advertised.listeners",
            "controller.listener.names",
            "controller.quorum.voters",
            "inter.broker.listener.name",
            "listeners",
            "log.dir",
            "log.dirs",
            "metadata.log.dir",
            "node.id",
            "process.roles");

    private static final Map<String, String> TUNED = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("server.max.startup.time.ms", "60000"),
            // One broker: every replica count is one.
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // Kafka's default is 50 partitions each, created when the first group or transaction appears.
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Waits that only make sense between machines.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
            // After a kill the controller takes the dead broker for alive until its session ends (9 s by default).
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            // Memory and threads: the log cleaner alone takes 128 MB by default.
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "131072"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "4"),
            Map.entry("num.recovery.threads.per.data.dir", "2"));

    private BrokerSettings() {}

    /** Settings for a broker whose two listeners are bound already; overrides win over the tuning and the protocols, and may not touch the rest. */
    static Map<String, String> of(
            Path folder, int clientPort, int advertisedPort, int controllerPort, Map<String, String> overrides) {
        Set<String> refused = new TreeSet<>(overrides.keySet());
        refused.retainAll(OWNED);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("Listeners, folder and node id belong to the embedded broker: overrides="
                    + refused + ". Leave them out; folder and port are arguments of start().");
        }
        Map<String, String> settings = new HashMap<>(TUNED);
        settings.putAll(overrides);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("log.dirs", folder.toString());
        settings.put(
                "listeners",
                "%s://%s:%d,%s://%s:%d"
                        .formatted(
                                CLIENT_LISTENER,
                                LoopbackSocket.HOST,
                                clientPort,
                                CONTROLLER_LISTENER,
                                LoopbackSocket.HOST,
                                controllerPort));
        settings.put("advertised.listeners", "%s://localhost:%d".formatted(CLIENT_LISTENER, advertisedPort));
        settings.putIfAbsent(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE_ID, LoopbackSocket.HOST, controllerPort));
        return Map.copyOf(settings);
    }
}
