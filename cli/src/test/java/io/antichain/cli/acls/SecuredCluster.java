package io.antichain.cli.acls;

import io.antichain.cli.kafka.Cluster;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** A broker that asks who is there and permits nothing that was not granted, and a registry that does neither. */
public final class SecuredCluster implements AutoCloseable {
    /** Who may do everything. */
    public static final String OWNER = "owner";

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\"" + " password=\"%s\"";

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    /**
     * @param users who can log in, each with the own name behind {@code secret-} as the password
     * @param more further settings of the broker
     */
    public SecuredCluster(Path folder, List<String> users, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The controller's listener asks nobody; it is the broker's alone.
                "super.users", "User:" + OWNER + ";User:ANONYMOUS"));
        settings.put(
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted(OWNER, "secret-" + OWNER)
                        + " user_" + OWNER + "=\"secret-" + OWNER + "\""
                        + users.stream()
                                .map(user -> " user_" + user + "=\"secret-" + user + "\"")
                                .collect(Collectors.joining())
                        + ";");
        settings.putAll(more);
        this.broker = EmbeddedBroker.start(folder.resolve("broker"), 0, settings);
        this.registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
    }

    /** What a client of this user is set up with. */
    public Map<String, Object> client(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "schema.registry.url",
                registry.url(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN.formatted(user, "secret-" + user) + ";");
    }

    Cluster cluster(String user, Topics topics) {
        return new Cluster(client(user), topics);
    }

    Admin admin() {
        return Admin.create(client(OWNER));
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
