package io.antichain.node.kafka;

import io.antichain.node.request.Delivered;
import io.antichain.node.state.Footprint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last delivered messages: so many, and so many bytes. One thread adds, any may look. */
final class RecentMessages {
    static final int CAPACITY = 1_000;
    static final long CAPACITY_BYTES = 8 * 1024 * 1024;

    private final Deque<Delivered> messages = new ArrayDeque<>();
    private long bytes;

    synchronized void add(Delivered message) {
        messages.addLast(message);
        bytes += Footprint.bytes(message.event());
        while (messages.size() > CAPACITY || (bytes > CAPACITY_BYTES && messages.size() > 1)) {
            bytes -= Footprint.bytes(messages.removeFirst().event());
        }
    }

    /** At most {@code limit}, newest last. */
    synchronized List<Delivered> last(int limit) {
        return messages.stream().skip(Math.max(0, messages.size() - limit)).toList();
    }

    /** About how much memory they take. */
    synchronized long bytes() {
        return bytes;
    }
}
