package io.antichain.clocks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A seeded execution of 1 to 8 processes that publish and deliver in any order, some messages twice, some never. The truth
 * is kept as explicit sets of dots, beside the clocks that are to describe it.
 */
final class RandomExecution {
    /** What a message carries, and its causal history, itself included. */
    record Message(Dot dot, VectorClock clock, LamportTimestamp merged, LamportTimestamp ticked, Set<Dot> history) {
        boolean happenedBefore(Message other) {
            return !dot.equals(other.dot) && other.history.contains(dot);
        }

        CausalOrder truth(Message other) {
            if (dot.equals(other.dot)) {
                return CausalOrder.EQUAL;
            }
            if (other.history.containsAll(history)) {
                return CausalOrder.BEFORE;
            }
            return history.containsAll(other.history) ? CausalOrder.AFTER : CausalOrder.CONCURRENT;
        }
    }

    private static final class Publisher {
        final ProcessId id;
        VectorClock clock = VectorClock.empty();
        LamportTimestamp merged = LamportTimestamp.ZERO;
        LamportTimestamp ticked = LamportTimestamp.ZERO;
        final Set<Dot> history = new LinkedHashSet<>();

        Publisher(ProcessId id) {
            this.id = id;
        }

        Message publish() {
            clock = clock.tick(id);
            merged = merged.tick();
            ticked = ticked.tick();
            Dot dot = new Dot(id, clock.get(id));
            history.add(dot);
            return new Message(dot, clock, merged, ticked, new LinkedHashSet<>(history));
        }

        void deliver(Message message) {
            clock = clock.merge(message.clock());
            merged = merged.deliver(message.merged(), ReceiveRule.MERGE);
            ticked = ticked.deliver(message.ticked(), ReceiveRule.TICK);
            history.addAll(message.history());
        }
    }

    private RandomExecution() {}

    static List<Message> messages(Random random) {
        List<Publisher> processes = new ArrayList<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            processes.add(new Publisher(new ProcessId("node-" + (i + 1) / 2, i % 2)));
        }
        List<Message> messages = new ArrayList<>();
        int publishPercent = 10 + random.nextInt(80);
        for (int steps = 5 + random.nextInt(35); steps > 0; steps--) {
            Publisher process = processes.get(random.nextInt(processes.size()));
            if (messages.isEmpty() || random.nextInt(100) < publishPercent) {
                messages.add(process.publish());
            } else {
                process.deliver(messages.get(random.nextInt(messages.size())));
            }
        }
        return messages;
    }
}
