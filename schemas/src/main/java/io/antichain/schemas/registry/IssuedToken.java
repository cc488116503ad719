package io.antichain.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;

/** A token that an OAuth issuer gives for a client's id and secret (RFC 6749, section 4.4), kept for most of its life. */
final class IssuedToken {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEFAULT_LIFE_S = 60;

    private final URI issuer;
    private final String authorization;
    private final String scope;
    private final int timeoutMs;
    private final Timing timing;
    private String token = "";
    private long renewNanos;

    /** @throws ConfigException if the issuer's address is none */
    IssuedToken(String issuer, String authorization, String scope, int timeoutMs, Timing timing) {
        this.issuer = address(issuer);
        this.authorization = authorization;
        this.scope = scope;
        this.timeoutMs = timeoutMs;
        this.timing = timing;
    }

    private static URI address(String written) {
        try {
            URI address = URI.create(written);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ConfigException(RegistryCredentials.ISSUER, written, "write it as in https://HOST/oauth2/token");
    }

    synchronized String token(HttpClient http) throws IOException, InterruptedException {
        long now = timing.nanoTime().getAsLong();
        if (token.isEmpty() || now - renewNanos >= 0) {
            JsonNode answer = asked(http);
            token = answer.path("access_token").asText();
            long lifeS = answer.path("expires_in").asLong(DEFAULT_LIFE_S);
            renewNanos = now + TimeUnit.SECONDS.toNanos(lifeS) / 10 * 8;
        }
        return token;
    }

    private JsonNode asked(HttpClient http) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials"
                + (scope.isEmpty() ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(issuer)
                        .timeout(Duration.ofMillis(timeoutMs))
                        .header("Authorization", authorization)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        JsonNode answer = response.statusCode() == 200 ? JSON.readTree(response.body()) : null;
        if (answer == null || answer.path("access_token").asText().isEmpty()) {
            throw new IOException("the issuer gave no token, " + RegistryCredentials.ISSUER + "=" + issuer + ", status="
                    + response.statusCode());
        }
        return answer;
    }
}
