package io.antichain.cli.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An address that takes JSON by POST. It is asked at most once an interval, and again with growing waits until it answers 2xx:
 * what it was not told, nobody goes past.
 */
public final class Webhook {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long FIRST_WAIT_MS = 500;
    private static final long LONGEST_WAIT_MS = 60_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    private final URI address;
    private final Duration interval;
    private final Consumer<String> trouble;
    private long askAgainNs = System.nanoTime();

    /**
     * @param address http or https, with a host
     * @param interval between two calls, 0 or more
     * @param trouble is told, as a sentence, of each call that was in vain
     * @throws IllegalArgumentException if the address is no such one
     */
    public Webhook(String address, Duration interval, Consumer<String> trouble) {
        this.address = URI.create(address);
        if (this.address.getHost() == null
                || !String.valueOf(this.address.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("not an HTTP address");
        }
        this.interval = interval;
        this.trouble = trouble;
    }

    /**
     * Tells it, for as long as it takes.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile; it may have been told or not
     */
    public void tell(String json) throws InterruptedException {
        long waitMs = FIRST_WAIT_MS;
        while (true) {
            Thread.sleep(Math.max(0, (askAgainNs - System.nanoTime()) / 1_000_000));
            askAgainNs = System.nanoTime() + interval.toNanos();
            String failure = failure(json);
            if (failure.isEmpty()) {
                return;
            }
            // Without the path, which often is the secret.
            trouble.accept("The webhook did not take the conflicts: host=" + address.getHost() + ", " + failure
                    + "; they are sent again in " + waitMs + " ms");
            Thread.sleep(waitMs);
            waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        }
    }

    private String failure(String json) throws InterruptedException {
        try {
            int status = http.send(
                            HttpRequest.newBuilder(address)
                                    .timeout(ANSWER_WITHIN)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? "" : "status=" + status;
        } catch (IOException e) {
            return "failure=" + e.getClass().getSimpleName();
        }
    }
}
