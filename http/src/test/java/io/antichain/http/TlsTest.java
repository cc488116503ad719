package io.antichain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys from PEM files. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void writeFiles() {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void whoTrustsTheAuthorityIsAnsweredAndNobodyElse(String algorithm) throws Exception {
        selfSigned(algorithm);
        Access access = new Access(Set.of(), Optional.empty(), Optional.of(PemIdentity.read(certificate, key)));
        try (HttpServer server = HttpServer.start(
                new ServerSettings("127.0.0.1", 0, 0, access),
                failure -> Optional.empty(),
                config -> config.routes.get("/", context -> context.result("hello")))) {
            assertThat(get(server, PemIdentity.trusting(certificate))).isEqualTo("hello");
            assertThatThrownBy(() -> get(server, SSLContext.getDefault())).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        selfSigned("EC");
        Path none = folder.resolve("none.crt");
        Path empty = Files.writeString(folder.resolve("empty.crt"), "");
        Path oldForm = Files.writeString(
                folder.resolve("old.key"), Files.readString(key).replace("PRIVATE KEY", "EC PRIVATE KEY"));

        assertThatThrownBy(() -> PemIdentity.read(none, key))
                .isInstanceOf(PemFileException.class)
                .hasMessageContaining("file=" + none)
                .hasMessageContaining("NoSuchFileException");
        assertThatThrownBy(() -> PemIdentity.trusting(empty))
                .isInstanceOf(PemFileException.class)
                .hasMessageContaining("file=" + empty);
        assertThatThrownBy(() -> PemIdentity.read(certificate, oldForm))
                .isInstanceOf(PemFileException.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        assertThatThrownBy(() -> PemIdentity.read(certificate, certificate))
                .isInstanceOf(PemFileException.class)
                .hasMessageContaining("file=" + certificate);
    }

    private static String get(HttpServer server, SSLContext trusted) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(trusted)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void selfSigned(String algorithm) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
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
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        write(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
        write(key, "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }
}
