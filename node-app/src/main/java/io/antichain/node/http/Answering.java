package io.antichain.node.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that writes the answers, one after the other. It suffices, as it never waits for a client. What comes after the
 * end is done by whoever brings it, so that nobody is left without an answer.
 */
final class Answering implements Executor, AutoCloseable {
    private static final int CLOSED_WITHIN_MS = 500;

    /** Marks the thread, which lives as long as there are answers to write. */
    private static final class Writing extends Thread {
        Writing(Runnable work) {
            super(work, "antichain-answer");
            setDaemon(true);
        }
    }

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Writing::new, (task, closed) -> task.run());

    @Override
    public void execute(Runnable answer) {
        thread.execute(answer);
    }

    /**
     * An executor that does on this thread what comes from it, and has {@code others} do the rest: a connection whose answer
     * was written goes on here, without waking another thread for each request.
     */
    Executor orElse(Executor others) {
        return task -> {
            if (Thread.currentThread() instanceof Writing) {
                task.run();
            } else {
                others.execute(task);
            }
        };
    }

    /** Writes what is there. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSED_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
