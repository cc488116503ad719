package io.antichain.benchmarks.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Clients that publish one message after the other, each over a connection of its own that it keeps. One thread serves them
 * all, so that they take as little as they can from the cores that they share with the server.
 */
final class HttpClients {
    private static final int ANSWER_BYTES = 4_096;
    private static final long SILENT_MS = 60_000;

    private final int port;
    private final ByteBuffer request;
    private int errors;

    HttpClients(int port, String payload) {
        this.port = port;
        String body = "{\"payload\":\"" + payload + "\"}";
        this.request = StandardCharsets.US_ASCII.encode(
                "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    /**
     * Runs so many for so long.
     *
     * @param latencies takes how long each answer took
     */
    void run(int clients, long ms, Latencies latencies) throws IOException {
        long untilNs = System.nanoTime() + ms * 1_000_000;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                new Client(selector).send();
            }
            // Keys of closed connections stay in the set until the next selection.
            while (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
                if (selector.select(key -> ((Client) key.attachment()).receive(untilNs, latencies), SILENT_MS) == 0) {
                    throw new IOException("A server answers every request: silent for ms=" + SILENT_MS);
                }
            }
        }
    }

    /** Answers other than 201, and connections that broke. */
    int errors() {
        return errors;
    }

    /** One connection, on which one request at a time is under way. */
    private final class Client {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
        private long sentNs;

        Client(Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            sentNs = System.nanoTime();
            ByteBuffer left = request.duplicate();
            channel.write(left);
            if (left.hasRemaining()) {
                throw new IOException("A request fits into the buffer of a socket that is idle");
            }
        }

        void receive(long untilNs, Latencies latencies) {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("The connection ended");
                }
                if (!isWhole()) {
                    return;
                }
                if (new String(answer.array(), 9, 3, StandardCharsets.US_ASCII).equals("201")) {
                    latencies.add(System.nanoTime() - sentNs);
                } else {
                    errors++;
                }
                answer.clear();
                if (System.nanoTime() < untilNs) {
                    send();
                } else {
                    channel.close();
                }
            } catch (IOException e) {
                errors++;
                close();
            }
        }

        /** Whether the head and as many bytes as it announces are there. */
        private boolean isWhole() {
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                return false;
            }
            int field = text.toLowerCase(Locale.ROOT).indexOf("content-length:");
            int length = Integer.parseInt(
                    text.substring(field + 15, text.indexOf('\r', field)).strip());
            return text.length() >= head + 4 + length;
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
