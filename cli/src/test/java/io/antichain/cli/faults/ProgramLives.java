package io.antichain.cli.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** One name, and the programs that have it one after the other. */
final class ProgramLives {
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
    private final IntFunction<List<String>> arguments;
    private final Path log;
    private final List<Life> lives = new ArrayList<>();
    private volatile Life current;

    /**
     * @param options for the JVM
     * @param arguments of the n-th program, from 0, but for its port
     * @param folder where its log is
     */
    ProgramLives(String name, List<String> options, IntFunction<List<String>> arguments, Path folder) {
        this.name = name;
        this.options = options;
        this.arguments = arguments;
        this.log = folder.resolve(name + ".log");
    }

    /** Starts another program under this name; requests go to it from now on. */
    Life start() {
        int port = freePort();
        List<String> all = new ArrayList<>(arguments.apply(lives.size()));
        all.addAll(List.of("--port", "" + port));
        Program program = Program.start(options, Program.classPath(), "io.antichain.cli.Antichain", all, log);
        current = new Life(program, port, System.nanoTime() / 1_000_000);
        lives.add(current);
        return current;
    }

    /**
     * Lets a program live for a moment and archive its classes.
     *
     * @return options with which one of its kind starts in half of the processor's time
     */
    static List<String> archivedBy(List<String> arguments, Path folder) {
        Path archive = folder.resolve(arguments.get(0) + ".jsa");
        ProgramLives pattern = new ProgramLives(
                "pattern-" + arguments.get(0),
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                number -> arguments,
                folder);
        Life life = pattern.start();
        try {
            for (int look = 0; look < 600 && !life.isReady() && life.program().isAlive(); look++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            life.program().terminate();
            life.program().endsWithin(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            life.program().kill();
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
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

    /** Ends all its programs. */
    void killAll() {
        lives.forEach(life -> life.program().kill());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
