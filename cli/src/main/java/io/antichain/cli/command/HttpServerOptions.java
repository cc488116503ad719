package io.antichain.cli.command;

import io.antichain.http.Access;
import io.antichain.http.PemIdentity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a program that answers HTTP requests: where it listens, and who may ask. */
final class HttpServerOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--allowed-hosts",
            split = ",",
            paramLabel = "NAME",
            description = "names that it is called by, comma-separated, besides localhost, its address and --host; "
                    + "requests under another name are refused")
    private List<String> allowedHosts = List.of();

    @Mixin
    private TokenOption token;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file with its certificate, and behind it those that lead to the authority; makes it "
                    + "speak HTTPS")
    private Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the private key of --tls-certificate (PKCS #8, not encrypted)")
    private Path tlsKey;

    String host() {
        return host;
    }

    /** The address that it tells. */
    String url(int port) {
        return (tlsCertificate == null ? "http://" : "https://") + host + ":" + port;
    }

    Access access() {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A certificate and its key are used together: tls-certificate=" + tlsCertificate + ", tls-key="
                            + tlsKey + "; give both --tls-certificate and --tls-key, or none");
        }
        return new Access(
                new HashSet<>(allowedHosts),
                token.token(),
                Optional.ofNullable(tlsCertificate).map(certificate -> PemIdentity.read(certificate, tlsKey)));
    }
}
