package io.antichain.cli.analyzer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.cli.access.HttpAccess;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A running analyzer, asked over HTTP. */
public final class AnalyzerClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpAccess access;
    private final HttpClient http;
    private final String url;

    public AnalyzerClient(String url, HttpAccess access) {
        this.access = access;
        this.http = access.client().connectTimeout(TIMEOUT).build();
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** A part of a path, as it is sent. */
    public static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * What the analyzer answers.
     *
     * @throws AnalyzerClientException if it does not answer, or what is asked for is not there
     */
    public JsonNode get(String path) {
        try {
            HttpResponse<String> response = http.send(request(path), HttpResponse.BodyHandlers.ofString());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() == 200) {
                return body;
            }
            String detail = body.path("detail").asText("none");
            if (response.statusCode() == 401) {
                throw new AnalyzerClientException(
                        AnalyzerClientException.Kind.TOKEN_REFUSED,
                        "The analyzer refused the token, or wants one: analyzer=" + url);
            }
            throw response.statusCode() == 404 && body.has("title")
                    ? new AnalyzerClientException(AnalyzerClientException.Kind.NOT_FOUND, detail)
                    : new AnalyzerClientException(
                            AnalyzerClientException.Kind.REFUSED,
                            "The analyzer did not answer the question: analyzer=" + url + ", path=" + path + ", status="
                                    + response.statusCode() + ", detail=" + detail);
        } catch (JsonProcessingException e) {
            throw new AnalyzerClientException(
                    AnalyzerClientException.Kind.NOT_AN_ANALYZER,
                    "The answer is not an analyzer's, which would be JSON: analyzer=" + url + ", path=" + path,
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private HttpRequest request(String path) {
        try {
            return access.request(url + path).timeout(TIMEOUT).build();
        } catch (IllegalArgumentException e) {
            throw new AnalyzerClientException(
                    AnalyzerClientException.Kind.BAD_ADDRESS,
                    "The analyzer's address is not an HTTP address: analyzer=" + url
                            + (url.contains("_") ? ", its host may not have an underscore" : ""),
                    e);
        }
    }

    private AnalyzerClientException unreachable(Exception cause) {
        if (HttpAccess.isOfTls(cause)) {
            return new AnalyzerClientException(
                    AnalyzerClientException.Kind.UNTRUSTED,
                    "The analyzer's certificate is not trusted, or it speaks no TLS: analyzer=" + url + ", reason="
                            + cause.getMessage(),
                    cause);
        }
        return new AnalyzerClientException(
                AnalyzerClientException.Kind.UNREACHABLE,
                "No analyzer answered: analyzer=" + url + ", failure="
                        + cause.getClass().getSimpleName(),
                cause);
    }
}
