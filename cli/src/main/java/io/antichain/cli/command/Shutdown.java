package io.antichain.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** How programs that run until they are told to stop are stopped: by Ctrl-C or SIGTERM, and within 3 seconds. */
final class Shutdown {
    private static final Duration LONGEST_STOP = Duration.ofMillis(2_800);

    private Shutdown() {}

    /** Closes {@code program} when the JVM is told to end; what is not closed by then ends hard. */
    static void closeAtShutdown(AutoCloseable program) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program), "antichain-stop"));
    }

    /** Waits for ever: only the end of the JVM ends it. */
    static void awaitShutdown() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void stop(AutoCloseable program) {
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
            if (!stopped.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(ExitCode.CANNOT_CONNECT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
