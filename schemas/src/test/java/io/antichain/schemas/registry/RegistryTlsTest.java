package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS, with a certificate that only the configured trust store vouches for. */
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void certificateIsTrustedThroughTheTrustStoreAlone() throws Exception {
        Path store = selfSigned();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            byte[] answer = "{\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort();
            Surrounds surrounds = new Surrounds(1);
            AvroSerializer trusting = surrounds.serializer(
                    url,
                    "schema.registry.ssl.truststore.location",
                    store.toString(),
                    "schema.registry.ssl.truststore.password",
                    PASSWORD,
                    "schema.registry.ssl.truststore.type",
                    "PKCS12");
            assertThat(trusting.serialize("events", WireFormatTest.event())).isNotEmpty();
            AvroSerializer doubting = surrounds.serializer(url, RegistrySettings.RETRIES, "0");
            assertThatThrownBy(() -> doubting.serialize("events", WireFormatTest.event()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("certification path")
                    .hasMessageContaining("correct its address, or schema.registry.ssl.truststore.location");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void missingTrustStoreIsRefusedAtOnce() {
        assertThatThrownBy(() -> new Surrounds(1)
                        .serializer(
                                "https://localhost:1",
                                "schema.registry.ssl.truststore.location",
                                folder.resolve("none.p12").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.p12");
    }

    @Test
    void aTrustStoreOfAnotherTypeIsRefusedAtOnceAndNamed() throws IOException {
        Path pem = Files.writeString(folder.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\n");
        for (String type : new String[] {"JKS", "PKCS12", "PEM", "none-such"}) {
            assertThatThrownBy(() -> new Surrounds(1)
                            .serializer(
                                    "https://localhost:1",
                                    "schema.registry.ssl.truststore.location",
                                    pem.toString(),
                                    "schema.registry.ssl.truststore.type",
                                    type))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("schema.registry.ssl.truststore.location=" + pem)
                    .hasMessageContaining("schema.registry.ssl.truststore.type=" + type)
                    .hasMessageContaining("; correct ");
        }
    }

    private Path selfSigned() throws IOException, InterruptedException {
        Path store = folder.resolve("registry.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return store;
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
