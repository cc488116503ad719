package io.antichain.cli.command;

import io.antichain.cli.access.HttpAccess;
import io.antichain.http.PemIdentity;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a command that asks nodes or an analyzer. */
final class HttpClientOptions {
    @Mixin
    private TokenOption token;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description =
                    "PEM file with the authorities that an HTTPS address is trusted by (default: those of the JVM)")
    private Path tlsCa;

    HttpAccess access() {
        return new HttpAccess(token.token(), Optional.ofNullable(tlsCa).map(PemIdentity::trusting));
    }
}
