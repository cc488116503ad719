package io.antichain.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.http.Wire.Answer;
import io.javalin.config.JavalinConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, in what form, and how long it may take. */
class HttpServerTest {
    private static final int MAX_BODY_BYTES = 1_000;
    private static final int MORE_THAN_CONNECTIONS = 600;
    private static final String TOKEN = "0123456789abcdef";

    private HttpServer server = start(Duration.ofMinutes(5), Access.OPEN);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8888",
                "localhost.",
                "demo.localhost:1",
                "127.0.0.1:8888",
                "10.0.0.7",
                "[::1]:8888",
                "node-1:8888",
                "Node-1"
            })
    void itsOwnNamesAreAnswered(String host) {
        restart(new Access(Set.of("node-1"), Optional.empty(), Optional.empty()));

        assertThat(asked("GET /echo HTTP/1.1\nHost: " + host + "\n\n").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8888",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "node-1",
                "localhost:x"
            })
    void aForeignNameIsRefusedWhateverIsAsked(String host) {
        Answer answer = asked("GET /echo HTTP/1.1\nHost: " + host + "\n\n");

        assertProblem(answer, host.endsWith(":x") ? 400 : 403);
        assertProblem(asked("GET /nowhere HTTP/1.1\nHost: evil.example\n\n"), 403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8888,200",
        "https://localhost:8888,200",
        "http://LOCALHOST:8888,200",
        "http://localhost:3000,403",
        "http://evil.example,403",
        "null,403",
        "http://localhost:8888.evil.example,403"
    })
    void aPageOfAnotherOriginIsRefused(String origin, int status) {
        assertThat(asked("POST /echo HTTP/1.1\nHost: localhost:8888\nContent-Length: 0\nOrigin: " + origin + "\n\n")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aPageOfAnotherOriginIsNotToldThatItMayAsk() {
        Answer preflight = asked("OPTIONS /echo HTTP/1.1\nHost: localhost:8888\nOrigin: http://evil.example\n"
                + "Access-Control-Request-Method: POST\n\n");

        assertProblem(preflight, 403);
        assertThat(preflight.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|200",
                "Application/JSON; charset=utf-8|200",
                "text/plain|415",
                "application/x-www-form-urlencoded|415",
                "text/plain; application/json|415",
                "application/jsonp|415",
                "multipart/form-data; boundary=x|415"
            })
    void onlyJsonIsTaken(String type, int status) {
        assertThat(asked("POST /echo HTTP/1.1\nHost: localhost\nContent-Type: " + type + "\nContent-Length: 2\n\n{}")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, \"a", "0, ", "-1, \"a", "-1, "})
    void clientsThatBreakOffLeaveNoConnectionBehind(int lingerSeconds, String begun) {
        for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
            try (Wire wire = Wire.to(server.port())) {
                wire.send(
                        "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 900\n\n"
                                + (begun == null ? "" : begun));
                wire.breakOff(lingerSeconds);
            }
        }

        assertThat(asked("GET /echo HTTP/1.1\nHost: localhost\n\n").status()).isEqualTo(200);
    }

    @Test
    void aBodyWithoutATypeIsRefusedAndNoBodyNeedsNone() {
        assertProblem(asked("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{}"), 415);
        assertProblem(asked("POST /echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n0\n\n"), 415);
        assertThat(asked("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutTheTokenOnlyHealthIsAnswered() {
        restart(new Access(Set.of(), Optional.of(TOKEN), Optional.empty()));

        Answer refused = authorized("/echo", "Bearer 0123456789abcdeX");
        assertProblem(refused, 401);
        assertThat(refused.headers().get("www-authenticate")).contains("Basic").contains("Bearer");
        assertProblem(asked("GET /echo HTTP/1.1\nHost: localhost\n\n"), 401);
        assertProblem(asked("GET /health/live/../../echo HTTP/1.1\nHost: localhost\n\n"), 401);
        assertProblem(authorized("/echo", "Basic " + basic("anybody:wrong")), 401);
        assertProblem(authorized("/echo", "Basic %"), 401);
        assertProblem(authorized("/echo", "Bearer"), 401);

        assertThat(authorized("/echo", "Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(authorized("/echo", "basic " + basic("anybody:" + TOKEN)).status())
                .isEqualTo(200);
        assertThat(asked("GET /health/ready HTTP/1.1\nHost: localhost\n\n").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /echo HTTP/1.1|200",
                "GET /nowhere HTTP/1.1|404",
                "DELETE /echo HTTP/1.1|405",
                "GET /fault HTTP/1.1|500",
                "GET /%ff HTTP/1.1|400",
                "GET|400",
                "GET /echo HTTP/1.1~X: y~ folded|400"
            })
    void everyAnswerCarriesTheSecurityHeaders(String request, int status) {
        Answer answer = asked(request.replace('~', '\n') + "\nHost: localhost\n\n");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
                .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .containsEntry("cache-control", "no-store")
                .doesNotContainKey("server");
    }

    @Test
    void headersThatAreTooLongAreRefused() {
        assertProblem(asked("GET /echo HTTP/1.1\nHost: localhost\nX: " + "x".repeat(10_000) + "\n\n"), 431);
    }

    @Test
    void aBodyThatSaysItselfThatItIsTooLongIsNotAwaited() {
        String head = "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: ";

        assertProblem(asked(head + (MAX_BODY_BYTES + 1) + "\n\n"), 413);
    }

    @Test
    void aBodyThatProvesTooLongOnItsWayIsRefused() {
        try (Wire wire = Wire.to(server.port())) {
            wire.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + "Transfer-Encoding: chunked\n\n");
            wire.send(("100\n" + "x".repeat(0x100) + "\n").repeat(MAX_BODY_BYTES / 0x100 + 1));

            assertProblem(wire.answer(), 413);
        }
    }

    @Test
    void aBodyInTooManyPiecesIsRefused() {
        try (Wire wire = Wire.to(server.port())) {
            wire.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + "Transfer-Encoding: chunked\n\n");
            wire.send("1\n \n".repeat(MAX_BODY_BYTES));

            assertProblem(wire.answer(), 413);
        }
    }

    /** More than there are threads; each sends a byte now and then, so none is idle. */
    @Test
    void bodiesThatDoNotComeHoldNoThread() {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                slow.add(Wire.to(server.port())
                        .send("POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                                + "Content-Length: 500\n\n{"));
            }
            slow.forEach(wire -> wire.send(" "));

            assertThat(asked("GET /echo HTTP/1.1\nHost: localhost\n\n").status())
                    .isEqualTo(200);
        } finally {
            slow.forEach(Wire::close);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /echo HTTP/1.1\nHost: localhost\nX: ",
                "POST /echo HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 500\n\n{"
            })
    void whoSendsForTooLongIsCutOffThoughNeverIdle(String begun) {
        server.close();
        server = start(Duration.ofSeconds(1), Access.OPEN);
        try (Wire wire = Wire.to(server.port()).send(begun)) {
            Thread drip = new Thread(() -> drip(wire));
            drip.start();

            Answer answer = wire.answer();

            drip.interrupt();
            assertThat(answer.status()).isIn(0, 400);
        }
    }

    @Test
    void anAnswerMayTakeLongerThanARequest() {
        server.close();
        server = start(Duration.ofSeconds(1), Access.OPEN);

        assertThat(asked("GET /slow HTTP/1.1\nHost: localhost\n\n").body()).isEqualTo("at last");
    }

    private static void drip(Wire wire) {
        try {
            while (true) {
                Thread.sleep(50); // the client's pace, which is what is tested
                wire.send("x");
            }
        } catch (InterruptedException | java.io.UncheckedIOException e) {
            // Told to stop, or cut off.
        }
    }

    private void restart(Access access) {
        server.close();
        server = start(Duration.ofMinutes(5), access);
    }

    private static HttpServer start(Duration receiveWithin, Access access) {
        return HttpServer.start(
                new ServerSettings("127.0.0.1", 0, MAX_BODY_BYTES, receiveWithin, access),
                failure -> Optional.empty(),
                HttpServerTest::serve);
    }

    private static void serve(JavalinConfig config) {
        config.routes.get("/echo", context -> context.result("echo"));
        config.routes.post("/echo", context -> context.result(context.body()));
        config.routes.get("/health/ready", context -> context.result("ready"));
        config.routes.get("/fault", context -> {
            throw new IllegalStateException("a fault, which the test asked for");
        });
        config.routes.get("/slow", context -> {
            Thread.sleep(2_500); // longer than a client may take to ask, and than it takes to look at that
            context.result("at last");
        });
    }

    private Answer asked(String request) {
        try (Wire wire = Wire.to(server.port())) {
            return wire.send(request).answer();
        }
    }

    private Answer authorized(String path, String authorization) {
        return asked("GET " + path + " HTTP/1.1\nHost: localhost\nAuthorization: " + authorization + "\n\n");
    }

    private static String basic(String userAndPassword) {
        return Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status)
                .contains("\"detail\":\"")
                .hasSizeLessThan(1_000);
    }
}
