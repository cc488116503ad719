package io.antichain.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.schemas.registry.RegistrySettings.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/** HTTP to a schema registry at one or several addresses. Thread-safe. */
final class RegistryConnection {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_REDIRECTS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final List<Address> addresses;
    private final Timing timing;
    private final HttpClient http;
    private volatile int lastAnswered;

    RegistryConnection(RegistrySettings settings, Timing timing) {
        this.settings = settings;
        this.addresses = settings.addresses();
        this.timing = timing;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(settings.number(RegistrySettings.REQUEST_TIMEOUT_MS)));
        settings.sslContext().ifPresent(builder::sslContext);
        settings.proxy().ifPresent(builder::proxy);
        this.http = builder.build();
    }

    /**
     * Asks the addresses in order, starting with the one that answered last, and repeats the round after a jittered, exponentially
     * growing wait. An I/O error, a time-out, and status 5xx, 408 or 429 move on to the next address; any other answer is final.
     *
     * @param path what to ask for, by the address that is asked
     * @param body null if there is none
     * @throws RegistryUnavailableException if nobody answered; {@link RegistryLoginRefusedException} if the login was refused, or
     *     does not have the right
     * @throws RegistryRefusedException if the answer is no
     */
    JsonNode exchange(String method, UnaryOperator<String> path, String body) {
        String reason = "";
        Exception cause = null;
        for (int round = 0; round <= settings.number(RegistrySettings.RETRIES); round++) {
            try {
                if (round > 0) {
                    timing.pause().forMs(backoffMs(round));
                }
                int first = lastAnswered;
                for (int i = 0; i < addresses.size(); i++) {
                    int index = (first + i) % addresses.size();
                    URI target =
                            URI.create(path.apply(addresses.get(index).base().toString()));
                    try {
                        HttpResponse<byte[]> response = followed(addresses.get(index), method, target, body);
                        if (!isTransient(response.statusCode())) {
                            lastAnswered = index;
                            return accepted(method, target, response);
                        }
                        reason = target + " answered " + response.statusCode();
                        cause = null;
                    } catch (IOException failure) {
                        reason = target + ": " + (failure.getMessage() == null ? failure : failure.getMessage());
                        cause = failure;
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw unavailable("the thread was interrupted while it waited for the registry", interrupted);
            }
        }
        throw unavailable(reason, cause);
    }

    /** The answer, where a redirect on the same host leads to; credentials go to no other, and no other body is sent. */
    private HttpResponse<byte[]> followed(Address address, String method, URI target, String body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(address, method, target, body);
        URI at = target;
        for (int hops = 0; hops < MAX_REDIRECTS && response.statusCode() / 100 == 3; hops++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (location.isEmpty()) {
                return response;
            }
            URI next = at.resolve(location.get());
            boolean sameHost = Objects.equals(next.getAuthority(), target.getAuthority())
                    && Objects.equals(next.getScheme(), target.getScheme());
            if (!sameHost || !method.equals("GET") && response.statusCode() < 307) {
                throw unavailable(
                        method + " " + target + " answered " + response.statusCode() + " and points to " + next
                                + "; name that address instead",
                        null);
            }
            at = next;
            response = send(address, method, next, body);
        }
        return response;
    }

    private HttpResponse<byte[]> send(Address address, String method, URI target, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        address.authorization().ifPresent(authorization -> request.header("Authorization", authorization));
        settings.credentials().addTo(request, http);
        // The client's own time-out ends with the headers; this one spans the body too.
        int timeoutMs = settings.number(RegistrySettings.REQUEST_TIMEOUT_MS);
        int maxBytes = settings.number(RegistrySettings.MAX_RESPONSE_BYTES);
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request.build(), head -> new BoundedBody(maxBytes));
        try {
            return response.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + timeoutMs + " ms", late);
        } catch (ExecutionException failure) {
            throw new IOException(String.valueOf(failure.getCause()), failure.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private long backoffMs(int round) {
        long doubled = settings.ms(RegistrySettings.BACKOFF_MS) << Math.min(round - 1, 30);
        long longest = Math.min(doubled, settings.ms(RegistrySettings.MAX_BACKOFF_MS));
        return Math.round(longest * (0.5 + timing.random().nextDouble() / 2));
    }

    private static boolean isTransient(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    private static JsonNode accepted(String method, URI target, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode answer = null;
        try {
            answer = JSON.readTree(response.body());
        } catch (IOException notJson) {
            // Told apart below: a registry answers in JSON.
        }
        boolean fromRegistry = answer != null && answer.isObject();
        if (status == 200 && fromRegistry) {
            return answer;
        }
        if (status == 401) {
            throw new RegistryLoginRefusedException(
                    "The schema registry refused the login: " + RegistrySettings.URL + " answered 401 to " + method
                            + " " + target + "; correct basic.auth.user.info or bearer.auth.token");
        }
        if (status == 403) {
            throw new RegistryLoginRefusedException(
                    "The schema registry does not permit this user to do this: " + RegistrySettings.URL
                            + " answered 403 to " + method + " " + target + "; have the right given, or with"
                            + " auto.register.schemas=false have somebody else register the schemas");
        }
        if (!fromRegistry || !answer.path("error_code").isInt()) {
            throw unavailable(method + " " + target + " answered " + status + ", as no registry does", null);
        }
        String message = answer.path("message").asText();
        throw new RegistryRefusedException(
                answer.path("error_code").asInt(),
                method + " " + target + " answered " + answer.path("error_code").asInt() + ", "
                        + message.substring(0, Math.min(message.length(), 500)));
    }

    static RegistryUnavailableException unavailable(String reason, Throwable cause) {
        return new RegistryUnavailableException(
                "No schema registry answered: " + RegistrySettings.URL + " gave no answer (" + reason
                        + (cause != null && cause.getCause() instanceof SSLException
                                ? "); TLS with it did not come about: correct its address, or"
                                        + " schema.registry.ssl.truststore.location"
                                : "); start the registry or correct its address and credentials"),
                cause);
    }

    /**
     * The header Date of the address that answered last; empty if it gives none, or no answer.
     *
     * @param path what to ask it for
     */
    Optional<String> date(String path) {
        Address address = addresses.get(lastAnswered);
        try {
            return send(address, "GET", URI.create(address.base() + path), null)
                    .headers()
                    .firstValue("Date");
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
