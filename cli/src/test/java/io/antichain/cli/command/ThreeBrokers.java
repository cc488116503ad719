package io.antichain.cli.command;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Three brokers in this JVM, 0 to 2, of which 0 is the controller too. Kafka's own kit for this brings a log4j2.yaml, which would
 * take the place of the program's configuration in every test of this module.
 */
final class ThreeBrokers implements AutoCloseable {
    private static final int BROKERS = 3;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<Integer> ports;
    private final List<KafkaRaftServer> running = new ArrayList<>();

    /**
     * @param advertised the ports that brokers tell in place of their own, by broker
     * @param format changes with what features the cluster begins
     */
    ThreeBrokers(Path folder, Map<Integer, Integer> advertised, Consumer<Formatter> format) throws Exception {
        this.ports = freePorts(BROKERS + 1);
        String cluster = Uuid.randomUuid().toString();
        for (int broker = 0; broker < BROKERS; broker++) {
            Path data = Files.createDirectories(folder.resolve("broker-" + broker));
            format(data, cluster, broker, format);
            Map<String, String> settings = settings(data, broker, advertised.getOrDefault(broker, ports.get(broker)));
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            running.add(server);
            server.startup();
        }
        try (Admin admin = admin()) {
            await().atMost(LONG)
                    .until(() -> admin.describeCluster().nodes().get().size() == BROKERS);
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(new ServerSocket(0));
        }
        List<Integer> free = new ArrayList<>();
        for (ServerSocket socket : taken) {
            free.add(socket.getLocalPort());
            socket.close();
        }
        return free;
    }

    private static void format(Path data, String cluster, int broker, Consumer<Formatter> more) throws Exception {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(cluster)
                .setNodeId(broker)
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString());
        more.accept(formatter);
        formatter.run();
    }

    private Map<String, String> settings(Path data, int broker, int advertised) {
        int controller = ports.get(BROKERS);
        boolean isController = broker == 0;
        Map<String, String> settings = new HashMap<>(Map.of(
                "process.roles",
                isController ? "broker,controller" : "broker",
                "node.id",
                "" + broker,
                "log.dirs",
                data.toString(),
                "listeners",
                "PLAINTEXT://localhost:" + ports.get(broker)
                        + (isController ? ",CONTROLLER://localhost:" + controller : ""),
                "advertised.listeners",
                "PLAINTEXT://localhost:" + advertised,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                "0@localhost:" + controller,
                "auto.create.topics.enable",
                "false"));
        // By default the log cleaner alone takes 128 MB.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.cleaner.io.buffer.size", "131072");
        return settings;
    }

    String bootstrapServers() {
        return Stream.of(0, 1, 2)
                .map(broker -> "localhost:" + ports.get(broker))
                .collect(Collectors.joining(","));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Ends broker 2, which hands over what it leads. */
    void stopTheLast() {
        running.remove(BROKERS - 1).shutdown();
    }

    /** The controller last: the others take leave of it. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.remove(running.size() - 1).shutdown();
        }
    }
}
