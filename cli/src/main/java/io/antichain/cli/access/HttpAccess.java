package io.antichain.cli.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * What nodes and analyzers are asked with.
 *
 * @param token what each request carries
 * @param trusted whom a server's certificate has to come from; without, the authorities that the JVM trusts
 */
public record HttpAccess(Optional<String> token, Optional<SSLContext> trusted) {
    /** No token, and the JVM's authorities. */
    public static final HttpAccess OPEN = new HttpAccess(Optional.empty(), Optional.empty());

    /** A client, before what its user sets on it. */
    public HttpClient.Builder client() {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        trusted.ifPresent(client::sslContext);
        return client;
    }

    /**
     * A request, before what its user sets on it.
     *
     * @throws IllegalArgumentException if the address is not an HTTP address
     */
    public HttpRequest.Builder request(String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        return request;
    }

    /** Whether a request failed because the two sides do not agree on who the server is, or whether it speaks TLS at all. */
    public static boolean isOfTls(Throwable failure) {
        return failure != null && (failure instanceof SSLException || isOfTls(failure.getCause()));
    }
}
