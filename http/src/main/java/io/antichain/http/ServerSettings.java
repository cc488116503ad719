package io.antichain.http;

import java.time.Duration;

/**
 * Where a server listens and what it takes.
 *
 * @param host the address to bind
 * @param port 0 to 65535; 0 takes a free one
 * @param maxBodyBytes the longest request body; 0 where no request has one
 * @param receiveWithin how long a client may take to send the headers of a request, and again for its body
 * @param access who may ask
 */
public record ServerSettings(String host, int port, int maxBodyBytes, Duration receiveWithin, Access access) {
    private static final Duration RECEIVE_WITHIN = Duration.ofSeconds(30);

    /** The time to send a request is 30 s. */
    public ServerSettings(String host, int port, int maxBodyBytes, Access access) {
        this(host, port, maxBodyBytes, RECEIVE_WITHIN, access);
    }
}
