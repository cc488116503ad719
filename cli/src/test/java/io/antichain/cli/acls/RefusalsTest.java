package io.antichain.cli.acls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.antichain.cli.command.AntichainCommand;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a broker or a registry refuses is one sentence that names the thing and the setting, and exit code 3. */
@Timeout(600)
class RefusalsTest {
    @TempDir
    private Path folder;

    @Test
    void aRefusedLoginIsNamedAsSuch() {
        try (SecuredCluster cluster = new SecuredCluster(folder, List.of("one"), Map.of())) {
            Map<String, Object> good = cluster.client("one");
            String jaas = good.get("sasl.jaas.config").toString();

            assertSentence(with(good, "sasl.jaas.config", jaas.replace("secret-one", "wrong")))
                    .contains("The broker refused the login: ")
                    .contains("sasl.mechanism=PLAIN", "Invalid username or password", "in sasl.jaas.config")
                    .doesNotContain("start one", "wrong");
            assertSentence(with(
                            with(good, "sasl.mechanism", "SCRAM-SHA-512"),
                            "sasl.jaas.config",
                            jaas.replace("plain.Plain", "scram.Scram")))
                    .contains("does not offer this way to log in", "sasl.mechanism=SCRAM-SHA-512", "[PLAIN]")
                    .doesNotContain("start one");
            assertSentence(with(good, "security.protocol", "PLAINTEXT"))
                    .contains("does not answer as a broker", "security.protocol=PLAINTEXT", "SASL_SSL")
                    .doesNotContain("start one");
            assertSentence(with(good, "security.protocol", "SASL_SSL")).doesNotContain("start one");
            assertThat(said(good, "init"))
                    .contains("does not permit this on the topic: topic=antichain.events", "'antichain acls'");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamedAsSuch() throws Exception {
        Path tls = folder.resolve("tls");
        certificates(tls, "localhost");
        Map<String, String> settings = Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                Files.readString(tls.resolve("localhost.crt")),
                "ssl.keystore.key",
                Files.readString(tls.resolve("localhost.key")),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                Files.readString(tls.resolve("ca.crt")));
        certificates(folder.resolve("others"), "localhost");
        try (SecuredCluster cluster = new SecuredCluster(folder, List.of("one"), settings)) {
            Map<String, Object> client =
                    with(with(cluster.client("one"), "security.protocol", "SASL_SSL"), "ssl.truststore.type", "PEM");
            Path trusted = tls.resolve("ca.crt");
            Path untrusted = folder.resolve("others").resolve("ca.crt");

            assertSentence(with(client, "ssl.truststore.location", untrusted.toString()))
                    .contains("TLS with the broker did not come about", "ssl.truststore.location=" + untrusted)
                    .doesNotContain("start one");
            assertSentence(with(client, "ssl.truststore.location", trusted.toString()))
                    .contains("does not permit this on the topic: topic=antichain.conflicts", "'antichain acls'");
        }
    }

    @Test
    void aListenerThatTellsAnAddressWhichLeadsNowhereIsNamed() throws IOException {
        int closed;
        int port;
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            closed = one.getLocalPort();
            port = other.getLocalPort();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.startBehind(closed, folder.resolve("behind"), port)) {
            assertSentence(Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", "http://x:1"))
                    .contains("tells its clients an address", "advertised.listeners", broker.bootstrapServers())
                    .doesNotContain("start one");
        }
    }

    @Test
    void aRegistryThatRefusesIsNamedWithWhatItRefuses() throws IOException {
        try (SecuredCluster cluster = new SecuredCluster(folder, List.of(), Map.of())) {
            new TopicCreation(cluster.cluster(SecuredCluster.OWNER, new Topics(Topics.DEFAULT_PREFIX)), 1, (short) 1)
                    .run();
            Path log = Files.writeString(
                    folder.resolve("x.json"), "{\"process\":\"a\",\"clock\":{\"a\":1}}\n", StandardCharsets.UTF_8);

            assertThat(replayed(cluster, log, 401))
                    .contains("The schema registry refused the login", "answered 401", "basic.auth.user.info");
            assertThat(replayed(cluster, log, 403))
                    .contains("does not permit this user", "answered 403", "auto.register.schemas");
        }
    }

    private static String replayed(SecuredCluster cluster, Path log, int status) throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        registry.start();
        try {
            return said(
                    with(
                            cluster.client(SecuredCluster.OWNER),
                            "schema.registry.url",
                            "http://localhost:" + registry.getAddress().getPort()),
                    "replay",
                    log.toString());
        } finally {
            registry.stop(0);
        }
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertSentence(Map<String, Object> client) {
        return assertThat(said(client, "conflicts"));
    }

    /** What a command says that is refused: one line. */
    private static String said(Map<String, Object> client, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        client.forEach((key, value) -> {
            switch (key) {
                case "bootstrap.servers" -> arguments.addAll(List.of("--bootstrap-server", value.toString()));
                case "schema.registry.url" -> arguments.addAll(List.of("--schema-registry-url", value.toString()));
                default -> arguments.addAll(List.of("--command-property", key + "=" + value));
            }
        });
        StringWriter err = new StringWriter();
        int code = AntichainCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
        assertThat(code).as("%s", err).isEqualTo(3);
        assertThat(err.toString().strip()).startsWith("antichain: ").hasLineCount(1);
        return err.toString();
    }

    private static Map<String, Object> with(Map<String, Object> client, String key, String value) {
        Map<String, Object> other = new HashMap<>(client);
        other.put(key, value);
        return other;
    }

    private static void certificates(Path folder, String name) throws IOException, InterruptedException {
        Process making = new ProcessBuilder("../ops/certificates", folder.toString(), name).start();
        assertThat(making.waitFor())
                .as(new String(making.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }
}
