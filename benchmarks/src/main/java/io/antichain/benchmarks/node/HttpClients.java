package io.antichain.benchmarks.node;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that publish one message after the other, each over a connection of its own that it keeps. */
final class HttpClients {
    private final int port;
    private final String body;
    private final AtomicInteger errors = new AtomicInteger();

    HttpClients(int port, String payload) {
        this.port = port;
        this.body = "{\"payload\":\"" + payload + "\"}";
    }

    /** Runs so many for so long, and returns how long each answer took. */
    Latencies run(int clients, long ms) throws InterruptedException {
        Latencies latencies = new Latencies();
        long untilNs = System.nanoTime() + ms * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> publishUntil(untilNs, latencies), "client-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return latencies;
    }

    /** Answers other than 201, and broken connections. */
    int errors() {
        return errors.get();
    }

    private void publishUntil(long untilNs, Latencies latencies) {
        byte[] request =
                ("POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < untilNs) {
                long beganNs = System.nanoTime();
                out.write(request);
                if (status(in) == 201) {
                    latencies.add(System.nanoTime() - beganNs);
                } else {
                    errors.incrementAndGet();
                }
            }
        } catch (IOException e) {
            errors.incrementAndGet();
        }
    }

    private static int status(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        in.readNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
