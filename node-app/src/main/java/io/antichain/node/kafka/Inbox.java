package io.antichain.node.kafka;

import io.antichain.node.protocol.Command;
import io.antichain.node.protocol.Publish;
import io.antichain.node.protocol.Read;
import io.antichain.node.protocol.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer thread: a bounded queue of messages to publish, records handed over in log order, and the rest.
 * Whoever publishes too fast is refused; the reader thread waits until its records are taken. Numbers bound what is small, and
 * bytes what is large.
 */
final class Inbox {
    /** Messages that wait to be published take no more. */
    static final long QUEUE_BYTES = 16 * 1024 * 1024;

    /** The messages of one turn, which become one transaction, take no more: as much as a producer sends in one go. */
    static final long BATCH_BYTES = 4 * 1024 * 1024;

    /** Records that were read and wait take no more, save that one batch of them always has room. */
    static final long READ_BYTES = 4 * 1024 * 1024;

    private record Batch(List<Read> reads, long bytes) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition readsTaken = lock.newCondition();
    private final Deque<Command> commands = new ArrayDeque<>();
    private final Deque<Batch> reads = new ArrayDeque<>();
    private final Deque<Publish> publishes = new ArrayDeque<>();
    private final int queueBound;
    private final int maxBatch;
    private long publishBytes;
    private long readBytes;
    private Optional<Throwable> readerFailure = Optional.empty();
    private boolean stopping;

    Inbox(int queueBound, int maxBatch) {
        this.queueBound = queueBound;
        this.maxBatch = maxBatch;
    }

    /** Whether there was room for the message. */
    boolean offer(Publish publish) {
        lock.lock();
        try {
            if (publishes.size() >= queueBound || publishBytes + publish.bytes() > QUEUE_BYTES) {
                return false;
            }
            publishes.add(publish);
            publishBytes += publish.bytes();
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void command(Command command) {
        lock.lock();
        try {
            commands.add(command);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hands records over, after waiting for room.
     *
     * @param bytes about how much memory they take
     */
    void handOver(List<Read> batch, long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!reads.isEmpty() && readBytes + bytes > READ_BYTES) {
                readsTaken.await();
            }
            reads.add(new Batch(batch, bytes));
            readBytes += bytes;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The reader thread has ended by itself: the next turn says so. */
    void readerFailed(Throwable failure) {
        lock.lock();
        try {
            readerFailure = Optional.of(failure);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next turn, after waiting for one at most {@code waitMs}; then an empty one.
     *
     * @param paused whether records stay where they are
     * @throws ReaderFailedException if the reader thread has ended by itself
     */
    Turn take(boolean paused, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (isEmpty(paused) && !stopping && leftNs > 0) {
                leftNs = filled.awaitNanos(leftNs);
            }
            if (readerFailure.isPresent()) {
                throw new ReaderFailedException(readerFailure.get());
            }
            return new Turn(allCommands(), paused ? List.of() : nextReads(), nextPublishes());
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty(boolean paused) {
        return commands.isEmpty() && publishes.isEmpty() && (paused || reads.isEmpty()) && readerFailure.isEmpty();
    }

    private List<Command> allCommands() {
        List<Command> taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    private List<Read> nextReads() {
        Batch next = reads.poll();
        if (next == null) {
            return List.of();
        }
        readBytes -= next.bytes();
        readsTaken.signalAll();
        return next.reads();
    }

    private List<Publish> nextPublishes() {
        List<Publish> taken = new ArrayList<>(Math.min(publishes.size(), maxBatch));
        long bytes = 0;
        while (!publishes.isEmpty()
                && taken.size() < maxBatch
                && (taken.isEmpty() || bytes + publishes.element().bytes() <= BATCH_BYTES)) {
            bytes += publishes.element().bytes();
            taken.add(publishes.remove());
        }
        publishBytes -= bytes;
        return taken;
    }

    /** Tells the writer thread to finish: from now on no turn waits for anything. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the writer thread is to finish. */
    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the records of a reader that has ended, and how it did. */
    void forgetReads() {
        lock.lock();
        try {
            reads.clear();
            readBytes = 0;
            readerFailure = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void forgetAll() {
        lock.lock();
        try {
            commands.clear();
            reads.clear();
            publishes.clear();
            publishBytes = 0;
            readBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait to be published. */
    int waitingPublishes() {
        lock.lock();
        try {
            return publishes.size();
        } finally {
            lock.unlock();
        }
    }
}
