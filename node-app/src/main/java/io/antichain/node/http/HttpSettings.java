package io.antichain.node.http;

import java.time.Duration;

/**
 * Where the API listens and what it takes.
 *
 * @param host the address to bind
 * @param port 0 to 65535; 0 takes a free one
 * @param maxBodyBytes the longest request body
 * @param answerWithin after this long a request that still waits is answered 503
 */
public record HttpSettings(String host, int port, int maxBodyBytes, Duration answerWithin) {}
