package io.antichain.node.kafka;

import io.antichain.node.protocol.Order;
import io.antichain.node.protocol.Publish;
import io.antichain.node.protocol.Read;
import io.antichain.node.protocol.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer thread: a bounded queue of messages to publish, records handed over in log order, and the rest.
 * Whoever publishes too fast is refused; the reader thread waits until its records are taken.
 */
final class Inbox {
    /** Batches of records that may wait: one in work, one to follow at once. */
    private static final int WAITING_READS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition readsTaken = lock.newCondition();
    private final Deque<Order> orders = new ArrayDeque<>();
    private final Deque<List<Read>> reads = new ArrayDeque<>();
    private final Deque<Publish> publishes = new ArrayDeque<>();
    private final int queueBound;
    private final int maxBatch;
    private boolean stopping;

    Inbox(int queueBound, int maxBatch) {
        this.queueBound = queueBound;
        this.maxBatch = maxBatch;
    }

    /** Whether there was room for the message. */
    boolean offer(Publish publish) {
        lock.lock();
        try {
            if (publishes.size() >= queueBound) {
                return false;
            }
            publishes.add(publish);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void order(Order order) {
        lock.lock();
        try {
            orders.add(order);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Hands records over, after waiting for room. */
    void handOver(List<Read> batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (reads.size() >= WAITING_READS) {
                readsTaken.await();
            }
            reads.add(batch);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next turn, after waiting for one at most {@code waitMs}; then an empty one.
     *
     * @param paused whether records stay where they are
     */
    Turn take(boolean paused, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (orders.isEmpty() && publishes.isEmpty() && (paused || reads.isEmpty()) && !stopping && leftNs > 0) {
                leftNs = filled.awaitNanos(leftNs);
            }
            List<Read> nextReads = paused || reads.isEmpty() ? List.of() : reads.remove();
            readsTaken.signalAll();
            return new Turn(drain(orders, Integer.MAX_VALUE), nextReads, drain(publishes, maxBatch));
        } finally {
            lock.unlock();
        }
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

    /** Forgets the records of a reader that has ended. */
    void forgetReads() {
        lock.lock();
        try {
            reads.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void forgetAll() {
        lock.lock();
        try {
            orders.clear();
            reads.clear();
            publishes.clear();
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

    private static <T> List<T> drain(Deque<T> queue, int most) {
        List<T> drained = new ArrayList<>(Math.min(queue.size(), most));
        while (drained.size() < most && !queue.isEmpty()) {
            drained.add(queue.remove());
        }
        return drained;
    }
}
