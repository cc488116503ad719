package io.antichain.node.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that write the answers that requests waited for, so that neither the node's thread nor one of the server's
 * does. Writing waits for a client that does not read, at most as long as its connection may be idle, 30 s.
 */
final class AnswerThreads implements Executor, AutoCloseable {
    private static final int THREADS = 8;
    private static final int CLOSED_WITHIN_MS = 500;

    // What comes after the end is done by whoever brings it, so that nobody is left without an answer.
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            AnswerThreads::thread,
            (answer, closed) -> answer.run());

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "antichain-answer");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable answer) {
        threads.execute(answer);
    }

    /** Writes what is there, for at most half a second. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSED_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
