package io.antichain.schemas.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Why brokers do not answer, found by looking at their addresses: first those that were named, then those that they tell. */
public final class Listeners {
    private static final int CONNECT_MS = 2_000;
    private static final int ASK_MS = 4_000;

    private Listeners() {}

    /**
     * What is wrong with the addresses, as a sentence without its full stop; empty where nothing listens at those that were
     * named, or all is well. Takes some seconds.
     *
     * @param client the settings of a client; {@code bootstrap.servers} among them
     */
    public static Optional<String> finding(Map<String, ?> client) {
        String servers = String.valueOf(client.get("bootstrap.servers"));
        if (Stream.of(servers.split("\\s*,\\s*")).noneMatch(Listeners::listens)) {
            return Optional.empty();
        }
        Map<String, Object> config = new HashMap<>(client);
        config.put("request.timeout.ms", ASK_MS / 2);
        config.put("default.api.timeout.ms", ASK_MS);
        try (Admin admin = Admin.create(config)) {
            try {
                return admin.describeCluster().nodes().get().stream()
                        .filter(broker -> !listens(broker.host(), broker.port()))
                        .findFirst()
                        .map(broker -> misled("broker=" + broker.id() + ", address=" + broker.host() + ":"
                                + broker.port() + ", bootstrap-server=" + servers));
            } catch (ExecutionException e) {
                return KafkaRefusal.sentence(e, client)
                        .or(() -> Optional.of(
                                knowsBrokers(admin) ? misled("bootstrap-server=" + servers) : silent(client, servers)));
            }
        } catch (KafkaException e) {
            return KafkaRefusal.sentence(e, client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether it was told of a broker and tried to reach it: it keeps figures for each, and of those named by the user as -1, -2, …. */
    private static boolean knowsBrokers(Admin admin) {
        return admin.metrics().keySet().stream()
                .anyMatch(name -> name.tags().getOrDefault("node-id", "").matches("node-[0-9]+"));
    }

    private static String misled(String values) {
        return "A broker tells its clients an address at which this machine does not reach it: " + values
                + "; correct advertised.listeners of the broker, or the names that this machine knows";
    }

    private static String silent(Map<String, ?> client, String servers) {
        return "Something listens at the address and does not answer as a broker: bootstrap-server=" + servers
                + ", security.protocol=" + protocol(client)
                + "; correct security.protocol, as SASL_SSL, if the broker asks for TLS or a login; else correct the address, or"
                + " the broker's advertised.listeners, if this machine has no such name";
    }

    private static String protocol(Map<String, ?> client) {
        Object named = client.get("security.protocol");
        return named == null ? "PLAINTEXT" : named.toString();
    }

    private static boolean listens(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return colon > 0
                    && listens(
                            hostAndPort.substring(0, colon).replaceAll("[\\[\\]]", ""),
                            Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean listens(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
