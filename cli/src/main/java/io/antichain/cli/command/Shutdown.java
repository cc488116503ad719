package io.antichain.cli.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** How programs that run until they are told to stop are stopped: by Ctrl-C or SIGTERM, and within 3 seconds. */
final class Shutdown {
    private static final Duration LONGEST_STOP = Duration.ofMillis(2_500);
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    // Whoever is closed by a signal has failed requests under way, of which nobody wants to read.
    private static volatile boolean underWay;
    private static volatile int exitCode = ExitCode.CANNOT_CONNECT;

    private Shutdown() {}

    /** Closes {@code program} when the JVM is told to end, and says so; what is not closed by then ends hard. */
    static void closeAtShutdown(AutoCloseable program, PrintWriter err) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program, err), "antichain-stop"));
        EXIT_CODES.forEach((name, code) -> onSignal(name, code, err));
    }

    /** The command is done: what is still to be closed changes nothing about its exit code, however long it takes. */
    static void ended(int code) {
        if (!underWay) {
            exitCode = code;
        }
    }

    /** Whether a signal has told the JVM to end. */
    static boolean isUnderWay() {
        return underWay;
    }

    private static void onSignal(String name, int code, PrintWriter err) {
        try {
            Signal.handle(new Signal(name), signal -> {
                if (underWay) {
                    Runtime.getRuntime().halt(code);
                }
                exitCode = code;
                underWay = true;
                err.println("Stopping …");
                err.flush();
                System.exit(code);
            });
        } catch (IllegalArgumentException e) {
            // Another has the signal, as with -Xrs: the JVM's own way of ending is left as it is.
            LoggerFactory.getLogger(Shutdown.class).debug("A signal cannot be handled", e);
        }
    }

    private static void stop(AutoCloseable program, PrintWriter err) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread closing = new Thread(
                () -> {
                    try {
                        program.close();
                    } catch (Exception e) {
                        LoggerFactory.getLogger(Shutdown.class).warn("Could not stop in order", e);
                    } finally {
                        stopped.countDown();
                    }
                },
                "antichain-close");
        closing.setDaemon(true);
        closing.start();
        try {
            boolean inOrder = stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
            if (underWay) {
                err.println(inOrder ? "Stopped." : "Stopped, without waiting any longer.");
                err.flush();
            }
            if (!inOrder) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
