package io.antichain.cli.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One process name, and the programs that host it one after the other, each with a journal of its own. */
final class NodeSlot {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /** One start. */
    record Life(Program program, int port, long startedMs) {
        /** Whether it says so at once: a program that is stopped must not hold up whoever asks in a loop. */
        boolean isReady() {
            return status("GET", "/health/ready", Duration.ofMillis(500)) == 200;
        }

        /** Delivers everything, which may take its time. */
        void sync() {
            status("POST", "/sync", Duration.ofSeconds(20));
        }

        /** The status of an answer, 0 for none within that time. */
        private int status(String method, String path, Duration within) {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(within)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
                return HTTP.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException e) {
                return 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
    }

    private final String name;
    private final List<String> options;
    private final String classPath;
    private final List<String> cluster;
    private final Path folder;
    private final List<Life> lives = new ArrayList<>();
    private volatile Life current;

    NodeSlot(String name, List<String> options, String classPath, List<String> cluster, Path folder) {
        this.options = options;
        this.name = name;
        this.classPath = classPath;
        this.cluster = cluster;
        this.folder = folder;
    }

    /** Starts another program under this name; requests go to it from now on. */
    Life start() {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of("node", "--process", name, "--port", "" + port));
        arguments.addAll(cluster);
        arguments.addAll(List.of(
                "--journal",
                folder.resolve(name + "." + lives.size() + ".journal").toString()));
        Program program = Program.start(
                options, classPath, "io.antichain.cli.Antichain", arguments, folder.resolve(name + ".log"));
        current = new Life(program, port, System.nanoTime() / 1_000_000);
        lives.add(current);
        return current;
    }

    /** Requests go to this one of its programs from now on. */
    void use(Life life) {
        current = life;
    }

    String name() {
        return name;
    }

    Life current() {
        return current;
    }

    List<Life> lives() {
        return lives;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
