package io.antichain.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.http.Access;
import io.antichain.http.ServerSettings;
import io.antichain.node.NodeCalls;
import io.antichain.node.state.ClockKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send in pieces, too much, or do not read. */
class ConnectionsTest {
    private static final int MAX_BODY_BYTES = 1_000;
    private static final int MANY = 200;

    private final MemoryNode node = new MemoryNode(ClockKind.VECTOR);
    private HttpApi api;
    private NodeCalls calls;

    @BeforeEach
    void start() {
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, MAX_BODY_BYTES, Access.OPEN);
        api = HttpApi.start(settings, Duration.ofSeconds(5), node, () -> "");
        calls = new NodeCalls(api.port());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aBodyThatComesInPiecesIsReadWhole() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            for (String piece : new String[] {
                "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
                "c\r\n{\"payload\":\"\r\n",
                "4\r\nab\"}\r\n0\r\n\r\n"
            }) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }

            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 201 Created");
        }
        assertThat(node.recent(1).get(0).event().payload()).isEqualTo("ab");
    }

    @Test
    void aBodyInChunksIsRefusedOnceItIsTooLarge() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            String chunk = Integer.toHexString(MAX_BODY_BYTES + 1) + "\r\n" + "x".repeat(MAX_BODY_BYTES + 1) + "\r\n";
            socket.getOutputStream()
                    .write(
                            ("POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                            + chunk)
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 413 ");
        }
        assertThat(node.recent(1)).isEmpty();
    }

    @Test
    void moreRequestsThanTheServerHasThreadsWaitForTheNodeAndHoldUpNobody() throws IOException {
        node.fallSilent();
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", api.port());
                waiting.add(socket);
                String ask = "POST /sync HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
                socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(calls.post("/messages", "{\"payload\":\"a\"}").statusCode())
                    .isEqualTo(201);
            assertThat(firstLine(waiting.get(0))).startsWith("HTTP/1.1 503 ");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatReadsNothingHoldsUpNobody() throws IOException {
        for (int i = 0; i < MANY; i++) {
            calls.publish("x".repeat(MAX_BODY_BYTES / 2));
        }
        try (Socket silent = new Socket()) {
            silent.setReceiveBufferSize(4_096);
            silent.connect(new InetSocketAddress("127.0.0.1", api.port()));
            String ask = "GET /messages?limit=" + MANY + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            silent.getOutputStream().write(ask.repeat(MANY).getBytes(StandardCharsets.US_ASCII));

            assertThat(calls.post("/messages", "{\"payload\":\"a\"}").statusCode())
                    .isEqualTo(201);
            assertThat(calls.get("/clock").statusCode()).isEqualTo(200);
            // Still there: the server has more to say to it than the buffers between them hold.
            assertThat(firstLine(silent)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
