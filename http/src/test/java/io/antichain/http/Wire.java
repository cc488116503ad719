package io.antichain.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test writes what it likes. */
final class Wire implements AutoCloseable {
    private static final int SILENT_MS = 120_000;

    private final Socket socket;
    private final BufferedReader in;

    /**
     * What is answered; a status of 0 where the connection was closed.
     *
     * @param headers by name, in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(SILENT_MS);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static Wire to(int port) {
        try {
            return new Wire(new Socket("127.0.0.1", port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends as it stands, with CRLF for each line's end. */
    Wire send(String text) {
        try {
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer answer() {
        try {
            String first = in.readLine();
            if (first == null) {
                return new Answer(0, Map.of(), "");
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
            int read = 0;
            while (read < body.length) {
                int more = in.read(body, read, body.length - read);
                if (more < 0) {
                    break;
                }
                read += more;
            }
            return new Answer(Integer.parseInt(first.split(" ")[1]), headers, new String(body, 0, read));
        } catch (IOException e) {
            return new Answer(0, Map.of(), "");
        }
    }

    /** @param lingerSeconds 0 resets the connection, -1 ends it in order */
    void breakOff(int lingerSeconds) {
        try {
            socket.setSoLinger(lingerSeconds >= 0, Math.max(0, lingerSeconds));
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
