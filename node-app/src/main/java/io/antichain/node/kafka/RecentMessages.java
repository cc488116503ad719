package io.antichain.node.kafka;

import io.antichain.node.request.Delivered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last delivered messages. One thread adds, any may look. */
final class RecentMessages {
    static final int CAPACITY = 1_000;

    private final Deque<Delivered> messages = new ArrayDeque<>();

    synchronized void add(Delivered message) {
        if (messages.size() == CAPACITY) {
            messages.removeFirst();
        }
        messages.addLast(message);
    }

    /** At most {@code limit}, newest last. */
    synchronized List<Delivered> last(int limit) {
        return messages.stream().skip(Math.max(0, messages.size() - limit)).toList();
    }
}
